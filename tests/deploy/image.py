"""python3 -m tests.deploy.image: builds deploy/Dockerfile and runs the image, without Docker.

For root on Debian or Ubuntu. The image to begin with is made of Debian's packages, by
debootstrap, and kept in a folder of /var/tmp for the next time.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from talkarchive.bootstrap import BASE_DIR, ensure_environment

PROGRAMS = {"buildah": "buildah", "debootstrap": "debootstrap", "ip": "iproute2"}
SUITE = "trixie"  # that of the image in deploy/Dockerfile
PACKAGES = "python3,python3-venv,python3-pip,ca-certificates"
KEPT = Path("/var/tmp/talkarchive-image")
BASE = "localhost/talkarchive-python"
IMAGE = "localhost/talkarchive"
# Certificates that this machine trusts, and the tests' network may need.
CERTIFICATES = "/etc/ssl/certs"

# In namespaces of its own: $1 is the image's folder, $2 the volume's, $3 and $4 are what a
# container runs and what tells its health. /dev has what Docker puts there.
RUN = """
set -eu
ip link set lo up
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount -t tmpfs tmpfs "$1/dev"
for name in null zero full random urandom; do
    touch "$1/dev/$name"
    mount --bind "/dev/$name" "$1/dev/$name"
done
ln -s /proc/self/fd "$1/dev/fd"
mkdir --mode=1777 "$1/dev/shm"
mount -t tmpfs tmpfs "$1/dev/shm"
mount -t tmpfs tmpfs "$1/tmp"
mount --bind "$2" "$1/data"
mount -o remount,bind,ro "$1"
mount -o remount,ro "$1/dev"
user="--reuid=${USER_OF_IMAGE%:*} --regid=${USER_OF_IMAGE#*:} --clear-groups"
limits="--no-new-privs --bounding-set=-all --inh-caps=-all"
contained="chroot $1 setpriv $user $limits env --chdir=/data"
$contained sh -c 'touch /x /usr/local/lib/talkarchive/x' && exit 3
$contained $3 &
server=$!
tries=0
until $contained $4; do
    tries=$((tries + 1))
    test $tries -lt 60 || { echo "It does not become well."; exit 1; }
    kill -0 $server
    sleep 1
done
echo "It is well."
$contained talkarchive backup /data/try.tar
$contained talkarchive backup --verify /data/try.tar
$contained pg_dump --version
kill -TERM $server
wait $server
echo "It has ended in order."
"""


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    print("+", " ".join(command[:8]), flush=True)
    subprocess.run(command, check=True, cwd=BASE_DIR, env=environment, stdin=subprocess.DEVNULL)


def asked(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def missing() -> list[str]:
    """The packages whose programs are not there."""
    return [package for name, package in PROGRAMS.items() if not shutil.which(name)]


def make_base() -> None:
    """The image to begin with, where it is not there yet."""
    if BASE in asked("buildah", "images", "--format", "{{.Name}}").split():
        return
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        debootstrap = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}"]
        run(*debootstrap, SUITE, folder)
        container = asked("buildah", "from", "scratch")
        run("buildah", "add", "--quiet", container, folder, "/")
        run("buildah", "commit", "--quiet", "--rm", container, BASE)


def build() -> None:
    """The archive's image, by each step of deploy/Dockerfile."""
    options = ["--isolation=chroot", f"--volume={CERTIFICATES}:{CERTIFICATES}:ro"]
    names = [f"--build-arg=PYTHON={BASE}", f"--tag={IMAGE}", "--file=deploy/Dockerfile"]
    run("buildah", "build", *options, *names, ".")


def try_it() -> None:
    """Run it as its own user, without a right, with nothing to write to but /data and /tmp."""
    config = json.loads(asked("buildah", "inspect", "--type=image", IMAGE))["OCIv1"]["config"]
    checked = health_of(BASE_DIR / "deploy" / "Dockerfile")
    container = asked("buildah", "from", IMAGE)
    try:
        root = asked("buildah", "mount", container)
        with tempfile.TemporaryDirectory(prefix="talkarchive-image-") as data:
            user, group = map(int, config["User"].split(":"))
            os.chown(data, user, group)
            environment = dict(pair.split("=", 1) for pair in config["Env"])
            command = " ".join([*config["Entrypoint"], *config["Cmd"]])
            unshare = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child"]
            script = ["sh", "-c", RUN, "sh", root, data, command, checked]
            environment["PATH"] += ":/usr/sbin:/sbin"
            run(*unshare, *script, environment={**environment, "USER_OF_IMAGE": config["User"]})
            foreign = [path for path in Path(data).rglob("*") if path.stat().st_uid != user]
            assert not foreign, foreign
    finally:
        run("buildah", "rm", container)


def health_of(dockerfile: Path) -> str:
    """The command that tells the health: images of buildah do not carry it."""
    told: Sequence[str] = json.loads(
        dockerfile.read_text().partition("HEALTHCHECK")[2].partition("CMD ")[2].splitlines()[0]
    )
    return " ".join(told)


def main() -> int:
    if os.geteuid() != 0:
        sys.exit("This needs root, in a machine that you can spare.")
    if absent := missing():
        sys.exit(f"Install first: apt-get install {' '.join(absent)}")
    ensure_environment("test")
    KEPT.mkdir(exist_ok=True)
    make_base()
    build()
    try_it()
    print("The image is built and runs.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
