"""Runs a program and kills it, as kill -9 does, at one write of its state file: die_at_write.py FILE WRITE before|after PROGRAM [ARGUMENT]...

A write is what goes to one of the file's own files (the database, also before it has its name, its log, its rollback journal) up to the flush
that makes it durable.
"before" is the moment its first byte is about to be written, "after" the moment its flush is about to begin: the call itself is not made any more.
Write 0 never comes; then, as when the program ends before its write, the last line of standard error says how many it made; its exit code is kept.

strace could do this but for one thing: it counts the calls of each thread, not those of the program.
"""
import ctypes
import os
import platform
import signal
import struct
import sys

PWRITE, FSYNC, FDATASYNC, ARCH = {"x86_64": (18, 74, 75, 0xC000003E), "aarch64": (68, 82, 83, 0xC00000B7)}[platform.machine()]
SEIZE, CONT, INFO = 0x4206, 7, 0x420E
FORKS, SECCOMP_STOP, STOPPED, KILL_WITH_ME = 2 | 4 | 8, 7, 128, 0x100000
STOPS = (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4

(file, wanted, moment), command = sys.argv[1:4], sys.argv[4:]
wanted = int(wanted)


def only_writes_stop():
    """Has the kernel stop this process at the three calls alone, so that the rest of it runs at full speed."""
    rule = lambda code, yes, no, value: struct.pack("HBBI", code, yes, no, value)
    rules = (rule(0x20, 0, 0, 4) + rule(0x15, 0, 5, ARCH) + rule(0x20, 0, 0, 0) + rule(0x15, 2, 0, PWRITE) + rule(0x15, 1, 0, FSYNC)
             + rule(0x15, 0, 1, FDATASYNC) + rule(6, 0, 0, 0x7FF00000) + rule(6, 0, 0, 0x7FFF0000))
    held = ctypes.create_string_buffer(rules)
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(rules) // 8, ctypes.addressof(held)))
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.addressof(program), 0, 0):
        os._exit(125)


def call(thread):
    info = ctypes.create_string_buffer(88)
    libc.ptrace(INFO, thread, 88, ctypes.addressof(info))
    number, descriptor = struct.unpack_from("QQ", info.raw, 24)
    try:
        return number, os.readlink(f"/proc/{thread}/fd/{descriptor}")
    except OSError:
        return number, ""


ready, go = os.pipe()
child = os.fork()
if child == 0:
    os.close(go)
    os.read(ready, 1)
    only_writes_stop()
    os.execv(command[0], command)
if libc.ptrace(SEIZE, child, 0, FORKS | STOPPED | KILL_WITH_ME) != 0:
    sys.exit("this process may not trace another")
os.write(go, b"x")

writes, open_ones = 0, set()
while True:
    thread, status = os.waitpid(-1, 0x40000000)
    if not os.WIFSTOPPED(status):
        if thread != child:
            continue
        if os.WIFSIGNALED(status):
            os.kill(os.getpid(), os.WTERMSIG(status))
        print(f"{writes} writes of {os.path.basename(file)}", file=sys.stderr)
        sys.exit(os.WEXITSTATUS(status))
    event, number = status >> 16, os.WSTOPSIG(status)
    if event == SECCOMP_STOP:
        number, path = call(thread)
        if path.startswith(file) and not path.endswith("-shm"):
            begins, ends = number == PWRITE and path not in open_ones, number != PWRITE and path in open_ones
            if begins:
                writes += 1
                open_ones.add(path)
            if writes == wanted and (begins and moment == "before" or ends and moment == "after"):
                os.kill(child, signal.SIGKILL)
                continue
            if ends:
                open_ones.discard(path)
    deliver = number if event == 0 and number not in (signal.SIGTRAP, *STOPS) else 0
    libc.ptrace(CONT, thread, 0, deliver)
