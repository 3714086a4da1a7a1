"""Cuts the power of a small ext4 disk while checkpoints are saved on it, and looks what a restart finds.

Run by hand, as root, on Linux with loop devices and a built dist/:  python3 tools/power-cut.py [CUTS [MODE ...]]
It can fail: with an fsync left out (modes `parent` and `none`) it finds losses.

A cut is the ioctl FS_IOC_SHUTDOWN without a log flush: what the disk had not been told to keep is gone. The modes:
  full    the package as it is
  parent  without the fsync of checkpoints/ after the rename
  none    without any fsync
"""

import fcntl
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FS_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2

WRITER = """
import { writeFile } from 'node:fs/promises';
import { writeSync } from 'node:fs';
import { saveCheckpoint, retainCheckpoints } from 'RUN/checkpoints.js';
const [folder] = process.argv.slice(1);
for (let step = 1; ; step += 1) {
  await saveCheckpoint(folder, step, async (at) => {
    await writeFile(at + '/weights', Buffer.alloc(200_000, step));
    await writeFile(at + '/state', `state of ${step}`);
  });
  writeSync(1, `${step}\\n`);
  await retainCheckpoints(folder, { last: 2 });
}
"""

READER = """
import { newestCheckpoint } from 'RUN/checkpoints.js';
const refused = [];
const newest = await newestCheckpoint(process.argv[1], { warn: (line) => refused.push(line) });
console.log(JSON.stringify({ step: newest?.step ?? 0, refused }));
"""


def shell(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


def node(work: Path, script: str, folder: Path) -> list[str]:
    source = script.replace("RUN/", f"{work}/dist/run/")
    return ["node", "--input-type=module", "-e", source, str(folder)]


def copy_package(work: Path) -> None:
    """A copy, so that nobody builds into what we run."""
    shutil.copytree(ROOT / "dist/run", work / "dist/run")
    shutil.copy(ROOT / "package.json", work)
    (work / "node_modules").symlink_to(ROOT / "node_modules")


def unmount(place: Path) -> None:
    for _ in range(100):
        if subprocess.run(["umount", str(place)], capture_output=True).returncode == 0:
            return
        time.sleep(0.05)
    sys.exit(f"{place}: cannot be unmounted")


def cut(work: Path, mode: str, library: Path) -> dict:
    """One disk, one writer, one cut: the last announced step, and what the restart finds."""
    image, place = work / "disk.img", work / "disk"
    folder = place / "checkpoints"
    image.write_bytes(b"")
    os.truncate(image, 64 << 20)
    place.mkdir(exist_ok=True)
    shell("mkfs.ext4", "-q", "-F", str(image))
    shell("mount", "-o", "loop", str(image), str(place))
    environment = dict(os.environ)
    if mode != "full":
        environment["LD_PRELOAD"] = str(library)
        environment["SKIP_FSYNC_BELOW" if mode == "none" else "SKIP_FSYNC_OF"] = str(place if mode == "none" else folder)
    writer = subprocess.Popen(node(work, WRITER, folder), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    if writer.stdout.readline() != b"1\n":  # announced: the writer is at work
        writer.wait()
        unmount(place)
        sys.exit("power-cut: the writer did not start")
    time.sleep(random.random() * 0.4)

    handle = os.open(place, os.O_RDONLY)
    fcntl.ioctl(handle, FS_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
    os.close(handle)
    writer.kill()
    announced = [1, *map(int, writer.stdout.read().split())]
    writer.wait()
    unmount(place)

    shell("mount", "-o", "loop", str(image), str(place))  # replays the journal, as a restart would
    found = subprocess.run(node(work, READER, folder), capture_output=True, text=True)
    unmount(place)
    if found.returncode != 0:
        sys.exit(f"power-cut: the restart cannot read the disk: {found.stderr}")
    return {"announced": announced[-1], **json.loads(found.stdout)}


def main() -> None:
    cuts = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    modes = sys.argv[2:] or ["full", "parent", "none"]
    if os.geteuid() != 0 or not (ROOT / "dist/run/checkpoints.js").exists():
        sys.exit("power-cut: expected root and a built dist/ (npx tsc -p tsconfig.build.json)")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        copy_package(work)
        library = work / "skip-fsync.so"
        shell("cc", "-O1", "-shared", "-fPIC", str(ROOT / "tools/skip-fsync.c"), "-o", str(library), "-ldl")
        for mode in modes:
            results = [cut(work, mode, library) for _ in range(cuts)]
            lost = sum(result["step"] < result["announced"] for result in results)
            damaged = sum(len(result["refused"]) for result in results)
            announced = sum(result["announced"] for result in results)
            print(f"{mode}: {cuts} cuts, {announced} checkpoints announced, {lost} cuts lost an announced one, {damaged} damaged", flush=True)


main()
