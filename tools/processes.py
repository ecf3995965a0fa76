"""Programs that live beside the one that started them, and never longer."""

import ctypes
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1  # Linux: the signal that a process gets when its parent dies, however that happened


def start(command: list[str], *, end_by: int = signal.SIGTERM, **options) -> subprocess.Popen:
    """Start `command`, by default in a session of its own: Ctrl-C then reaches us alone, and we end it in our order."""

    def end_with_parent():
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, end_by)

    return subprocess.Popen(command, **{"start_new_session": True, "preexec_fn": end_with_parent, **options})


def stop(process: subprocess.Popen, *, by: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask the program to end, wait, insist."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def exit_on_signals() -> None:
    """Let SIGTERM and a closed terminal unwind the stack as Ctrl-C does, so that `finally` ends the children."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, frame: sys.exit(128 + received))
