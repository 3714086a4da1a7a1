"""Writes test/golden/malicious_pickles.json: pickles that would run something if a reader called what they name.

    python tools/golden/malicious_pickles.py         (any Python 3; runs none of them)

Each is what a torch.save file's data.pkl would be, in base64, with the name that a reader must refuse. One that is run
anywhere makes a file `pickle-was-run` in the working directory.
"""

import base64
import json
import os
import pickle
import subprocess
from pathlib import Path

COMMAND = "touch pickle-was-run"


class Call:
    """Pickled as the call of a global that need not exist here."""

    def __init__(self, *given):
        self.given = given

    def __reduce__(self):
        return self.given


def global_call(module: str, name: str, text: str, protocol: int = 2) -> bytes:
    """Opcodes by hand: module.name(text)."""
    encoded = text.encode()
    value = b"X" + len(encoded).to_bytes(4, "little") + encoded
    if protocol < 4:
        return b"\x80\x02c" + f"{module}\n{name}\n".encode() + value + b"\x85R."
    words = b"".join(b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
    return b"\x80\x04" + words + b"\x93" + value + b"\x85R."


def main() -> None:
    cases = {
        "os.system": (pickle.dumps(Call(os.system, (COMMAND,)), 2), "posix.system"),
        "os.system, protocol 4": (pickle.dumps(Call(os.system, (COMMAND,)), 4), "posix.system"),
        "os.system, protocol 5": (pickle.dumps(Call(os.system, (COMMAND,)), 5), "posix.system"),
        "eval": (pickle.dumps(Call(eval, (f"__import__('os').system({COMMAND!r})",)), 4), "builtins.eval"),
        "exec": (pickle.dumps(Call(exec, ("import os",)), 2), "__builtin__.exec"),
        "getattr": (pickle.dumps(Call(getattr, (1, "real")), 4), "builtins.getattr"),
        "subprocess": (pickle.dumps(Call(subprocess.Popen, (["touch", "pickle-was-run"],)), 4), "subprocess.Popen"),
        "nested in a dict": (pickle.dumps({"a": {"b": [1, (Call(os.system, (COMMAND,)),)]}}, 2), "posix.system"),
        "in a state dict beside numbers": (pickle.dumps({"model": {}, "config": Call(os.system, (COMMAND,))}, 4), "posix.system"),
        "a reference that is never called": (pickle.dumps({"f": os.system}, 4), "posix.system"),
        "runpy": (global_call("runpy", "run_path", "x.py"), "runpy.run_path"),
        "torch.hub": (global_call("torch.hub", "load", "a/b"), "torch.hub.load"),
        "torch.load": (global_call("torch", "load", "other.pt", 4), "torch.load"),
        "torch.storage._load_from_bytes": (global_call("torch.storage", "_load_from_bytes", ""), "torch.storage._load_from_bytes"),
        "numpy": (global_call("numpy.core.multiarray", "_reconstruct", ""), "numpy.core.multiarray._reconstruct"),
        "a dotted name": (global_call("torch", "Size.__class__.__base__.__subclasses__", "", 4), "torch.Size.__class__.__base__.__subclasses__"),
        "a module in the name": (global_call("", "os.system", COMMAND, 4), ".os.system"),
        "a prototype's name": (global_call("__proto__", "constructor", COMMAND), "__proto__.constructor"),
        "JavaScript's eval": (global_call("globalThis", "eval", COMMAND), "globalThis.eval"),
        "a call of a dtype": (b"\x80\x02ctorch\nfloat32\n)R.", "calls what is no class"),
        "a call of text": (b"\x80\x02X\x01\x00\x00\x00a)R.", "calls what is no class"),
        "an object": (pickle.dumps(Path("a"), 4), "pathlib.PosixPath"),
        "NEWOBJ": (b"\x80\x02ccollections\nOrderedDict\n)\x81.", "opcode 0x81"),
        "INST": (b"\x80\x02(iposix\nsystem\n.", "opcode 0x69"),
        "OBJ": (b"\x80\x02(ccollections\nOrderedDict\no.", "opcode 0x6f"),
        "EXT1": (b"\x80\x02\x82\x01.", "opcode 0x82"),
        "state of a tuple": (b"\x80\x02)}b.", "a state to what is no dictionary"),
    }  # fmt: skip
    file = Path(__file__).resolve().parents[2] / "test" / "golden" / "malicious_pickles.json"
    made = {name: {"pickle": base64.b64encode(data).decode(), "refused": word} for name, (data, word) in cases.items()}
    file.write_text(json.dumps({"madeBy": "tools/golden/malicious_pickles.py", "cases": made}, indent=1) + "\n")


if __name__ == "__main__":
    main()
