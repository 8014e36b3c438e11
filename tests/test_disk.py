"""What is said to be on the disk is on the disk: bytes, names, and the folders that are new with them."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assetgen.cli import main
from assetgen.disk import write_whole
from assetgen.errors import SetupError
from assetgen.store import Store

# Folders have no descriptor on Windows, and nothing is to be synced there.
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows opens no folders")


@dataclass
class Disk:
    """What the system was asked to put on the disk: inodes of files, and of folders with the names they held then."""

    files: set[int] = field(default_factory=set)
    folders: dict[int, set[str]] = field(default_factory=dict)
    refusal: int = 0

    def fsync(self, descriptor: int) -> None:
        found = os.fstat(descriptor)
        if not stat.S_ISDIR(found.st_mode):
            self.files.add(found.st_ino)
        elif self.refusal:
            raise OSError(self.refusal, os.strerror(self.refusal))
        else:
            self.folders.setdefault(found.st_ino, set()).update(os.listdir(descriptor))

    def survives(self, path: Path, below: Path) -> bool:
        """Whether a file would be there after a power cut, given that `below` is."""
        steps = [path, *path.parents]
        named = steps[: steps.index(below)]
        return path.stat().st_ino in self.files and all(
            each.name in self.folders.get(each.parent.stat().st_ino, ()) for each in named
        )


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    disk = Disk()
    monkeypatch.setattr(os, "fsync", disk.fsync)
    return disk


def test_a_plate_and_its_record_survive_a_power_cut(small: Path, disk: Disk) -> None:
    assert main(["run", str(small)]) == 0

    kept = [path for path in Path(".assetgen/store/plates").rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} == {"", ".json"}
    assert all(disk.survives(path.absolute(), Path.cwd()) for path in kept)


def test_new_folders_are_synced_up_to_the_one_that_was_there(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "a/b/c.txt"
    write_whole(path, b"paid for", durable=True)

    assert disk.survives(path, tmp_path)


def test_what_can_be_made_again_waits_for_no_disk(tmp_path: Path, disk: Disk) -> None:
    Store(tmp_path).put("cutouts", "abcd", b"pixels", {"why": "seconds"})

    assert (disk.files, disk.folders) == (set(), {})


def test_a_disk_that_syncs_no_folders_does_what_it_can(tmp_path: Path, disk: Disk) -> None:
    disk.refusal = errno.EINVAL
    write_whole(tmp_path / "c.txt", b"paid for", durable=True)

    assert (tmp_path / "c.txt").stat().st_ino in disk.files


def test_a_folder_that_could_not_be_synced_is_an_error(tmp_path: Path, disk: Disk) -> None:
    disk.refusal = errno.EIO
    with pytest.raises(SetupError, match="the disk fails"):
        write_whole(tmp_path / "c.txt", b"paid for", durable=True)


def test_what_was_paid_for_and_is_replaced_stays_beside_its_successor(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for answer in (b"first", b"second", b"second", b"third"):
        store.put("plates", "abcd", answer, {"said": answer.decode()}, durable=True)

    kept = {path.name: path.read_bytes() for path in (tmp_path / "plates/ab").iterdir() if path.suffix != ".json"}
    assert kept.pop("abcd") == b"third"
    assert sorted(kept.values()) == [b"first", b"second"]
    assert all(name.startswith("abcd.") for name in kept)


def test_what_can_be_made_again_is_replaced_and_gone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for pixels in (b"first", b"second"):
        store.put("cutouts", "abcd", pixels)

    assert [path.read_bytes() for path in (tmp_path / "cutouts/ab").iterdir()] == [b"second"]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["run", "campaigns/small.yaml", "--summary", "pipe"], b"up to date"),
        (["plan", "campaigns/small.yaml", "-o", "pipe"], b'"sku"'),
        (["ledger", "export", "pipe"], b"amount"),
    ],
)
def test_what_is_no_file_is_written_into_and_stays_what_it_is(
    made: Path, command: list[str], told: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert made.exists()
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)

    assert main(command) == 0, capsys.readouterr().err
    assert told in os.read(reader, 60_000)
    os.close(reader)
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)
