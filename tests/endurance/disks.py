"""A small disk of its own, which can be full or fail; only root can make one."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.endurance.commands import run

CHUNK = bytes(1 << 16)


class Disk:
    """A file system of Linux's (ext4) in a file."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.image = image
        self.folder = folder

    def mount(self) -> None:
        options = "loop,errors=remount-ro"
        run("mount", "-o", options, str(self.image), str(self.folder))

    def unmount(self) -> None:
        run("umount", str(self.folder))

    def fill(self) -> None:
        """Leave no room on it."""
        with (self.folder / "ballast").open("ab", buffering=0) as file:
            try:
                while file.write(CHUNK):
                    pass
            except OSError:  # what is asked for
                return

    def empty(self) -> None:
        (self.folder / "ballast").unlink()

    def fail(self) -> None:
        """As where the kernel meets an error on it: no more is written, whoever has files open."""
        device = Path(run("findmnt", "--noheadings", "--output=SOURCE", str(self.folder)).strip())
        Path("/sys/fs/ext4", device.name, "trigger_fs_error").write_text("1")

    def repair(self) -> None:
        """What whoever runs the machine does then. Nobody may have files of it open."""
        self.unmount()
        run("e2fsck", "-p", str(self.image), good=(0, 1))
        self.mount()


@contextmanager
def disk(megabytes: int) -> Iterator[Disk]:
    with tempfile.TemporaryDirectory(prefix="talkarchive-disk-") as folder:
        made = Disk(Path(folder, "image"), Path(folder, "disk"))
        made.folder.mkdir()
        Path(folder).chmod(0o711)  # PostgreSQL's server runs as another user
        with made.image.open("wb") as file:
            file.truncate(megabytes << 20)
        run("mkfs.ext4", "-q", "-m", "0", str(made.image))
        made.mount()
        try:
            yield made
        finally:
            made.unmount()
