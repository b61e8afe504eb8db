"""A zip whose unchanging members are packed once; equal contents give equal bytes."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

LOCAL_HEADER = struct.Struct("<4s5H3L2H")
CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
END_RECORD = struct.Struct("<4s4H2LH")
VERSION, DEFLATED = 20, 8
# 1 January 1980, the first day a zip knows: a real time would make equal documents differ.
TIME, DAY = 0, 0x21


@dataclass(frozen=True, slots=True)
class Archive:
    """Members ready to be written: their records, the directory that lists them, and how many they are."""

    records: bytes = b""
    directory: bytes = b""
    count: int = 0

    def with_members(self, members: Mapping[str, bytes], level: int) -> Self:
        """This archive with `members` (name → contents) packed after its own at zlib `level` 1–9."""
        records, directory = [self.records], [self.directory]
        offset = len(self.records)
        for name, contents in members.items():
            record, entry = pack(name.encode(), contents, level, offset)
            records.append(record)
            directory.append(entry)
            offset += len(record)
        return type(self)(b"".join(records), b"".join(directory), self.count + len(members))

    def to_bytes(self) -> bytes:
        """The whole zip file."""
        sizes = len(self.directory), len(self.records)
        end = END_RECORD.pack(b"PK\x05\x06", 0, 0, self.count, self.count, *sizes, 0)
        return self.records + self.directory + end


def pack(name: bytes, contents: bytes, level: int, offset: int) -> tuple[bytes, bytes]:
    """The record of one member and its line in the directory; `offset` is where the record starts in the file."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(contents) + packer.flush()
    facts = (VERSION, 0, DEFLATED, TIME, DAY, zlib.crc32(contents), len(packed), len(contents), len(name), 0)
    record = LOCAL_HEADER.pack(b"PK\x03\x04", *facts) + name + packed
    return record, CENTRAL_HEADER.pack(b"PK\x01\x02", VERSION, *facts, 0, 0, 0, 0, offset) + name
