"""The file that holds vectors and fitted figures: one ships, others are made at first use."""

import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.prepared import Known

SHIPPED = Path(__file__).parent / "vectors.npz"
_FITTED = "fitted_"


@dataclass(frozen=True)
class Kept:
    signature: str = ""
    texts: str = ""
    """The digest of all texts that the figures were fitted on."""
    vectors: Known = field(default_factory=dict)
    fitted: Mapping[str, NDArray[np.floating]] = field(default_factory=dict)


def load(file: Path = SHIPPED) -> Kept:
    """Return what a file holds; nothing where it is missing or broken, since it can be made again."""
    try:
        with np.load(file, allow_pickle=False) as held:
            rows = zip(held["keys"], held["vectors"].astype(np.float32), strict=True)
            return Kept(
                str(held["signature"]),
                str(held["texts"]),
                {row.tobytes(): vector for row, vector in rows},
                {name.removeprefix(_FITTED): held[name] for name in held.files if name.startswith(_FITTED)},
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return Kept()


def save(kept: Kept, file: Path) -> None:
    """Write vectors in half precision: the error is far below the distance between neighbours, at half the size."""
    keys = sorted(kept.vectors)
    part = file.with_suffix(f".{os.getpid()}.part")
    file.parent.mkdir(parents=True, exist_ok=True)
    with part.open("wb") as stream:
        np.savez_compressed(
            stream,
            allow_pickle=False,
            signature=np.asarray(kept.signature),
            texts=np.asarray(kept.texts),
            keys=np.array([list(one) for one in keys], dtype=np.uint8),
            vectors=np.array([kept.vectors[one] for one in keys], dtype=np.float16),
            **{_FITTED + name: row for name, row in kept.fitted.items()},
        )
    part.replace(file)
