/**
 * Makes an environment: run by the Python that it is for, with the folder, an index of CPU builds ("" for none) and pip's
 * arguments. The lock is held by the processes that write, also by a pip whose starter was killed, and is let go by the
 * kernel: it can neither be left behind nor broken. Lines that begin with the mark are for `makeEnvironment`.
 */
export const mark = '@atelier ';

/** Written last: a folder without it is half made. */
export const stampName = '.atelier-ready';

export const environmentScript = `
import fcntl, os, shutil, subprocess, sys, urllib.request

folder, index, *pip = sys.argv[1:]
python = os.path.join(folder, "bin", "python")
stamp = os.path.join(folder, "${stampName}")

def tell(words):
    print("${mark}" + words, flush=True)

def run(*command):
    status = subprocess.run(command, pass_fds=[lock.fileno()]).returncode
    if status != 0:
        sys.exit(1)

def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=4):
            return True
    except (OSError, ValueError):
        return False

os.makedirs(os.path.dirname(folder), exist_ok=True)
lock = open(folder + ".lock", "w")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    tell("waiting")
    fcntl.flock(lock, fcntl.LOCK_EX)
if os.path.exists(stamp) and subprocess.run([python, "-c", ""], stderr=subprocess.DEVNULL).returncode == 0:
    sys.exit()
tell("making")
shutil.rmtree(folder, ignore_errors=True)
run(sys.executable, "-m", "venv", folder)
if index:
    if answers(index + "/torch/"):
        pip = ["--extra-index-url", index, *pip]
    else:
        tell("no-index")
tell("installing")
run(python, "-m", "pip", "install", *pip)
with open(stamp + ".tmp", "w") as file:
    file.write(" ".join(pip) + "\\n")
os.rename(stamp + ".tmp", stamp)
`;
