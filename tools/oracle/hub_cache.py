"""Tells what Python's huggingface_hub and transformers find in a cache that we filled. test/oracle/hub.test.ts judges.

    python tools/oracle/hub_cache.py CACHE ORG/NAME FOLDER

Prints one line of JSON: the snapshot's folder, what scan_cache_dir says of the cache, the keys that loading by name missed
or did not expect, and the index that save_pretrained writes into FOLDER when it writes shards of the same model.
"""

import json
import sys
from pathlib import Path

from huggingface_hub import scan_cache_dir, snapshot_download
from transformers import AutoModelForCausalLM


def main(cache: str, name: str, folder: str) -> None:
    snapshot = snapshot_download(name, cache_dir=cache, local_files_only=True)
    found = scan_cache_dir(cache)
    model, loading = AutoModelForCausalLM.from_pretrained(name, cache_dir=cache, local_files_only=True, output_loading_info=True)
    model.save_pretrained(folder, max_shard_size="9KB")
    print(
        json.dumps(
            {
                "snapshot": snapshot,
                "warnings": [str(warning) for warning in found.warnings],
                "files": {
                    repo.repo_id: {"refs": sorted(repo.refs), "files": sorted(file.file_name for file in revision.files)}
                    for repo in found.repos
                    for revision in repo.revisions
                },
                **{kind: sorted(map(str, loading[kind])) for kind in ("missing_keys", "unexpected_keys", "mismatched_keys")},
                "index": json.loads((Path(folder) / "model.safetensors.index.json").read_text()),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
