"""The network and its training. Only this module needs torch; what it leaves is an ONNX file that OpenCV runs."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from bench.digits import strips
from chalicelib.reading.digits.beam import BLANK, SIGNS
from chalicelib.reading.digits.strip import HEIGHT, WIDTH, normal

BATCH = 64
BLOCK = 16 * BATCH
"""Strips that are drawn and kept together."""
_LEVELS = 31
"""Whole numbers that a strip's values, -4 to 4, are kept in: times this."""


def network() -> nn.Sequential:
    """(N, 1, 32, WIDTH) → (N, signs, WIDTH / 4): scores of each sign and of none at each step across."""
    return nn.Sequential(
        *_plane(1, 26, stride=(2, 2)),
        *_plane(26, 52, stride=(2, 2)),
        *_plane(52, 72),
        nn.MaxPool2d((2, 1)),
        *_plane(72, 104),
        nn.MaxPool2d((2, 1)),
        nn.Conv2d(104, 144, (2, 1), bias=False),
        nn.BatchNorm2d(144),
        nn.ReLU(),
        nn.Flatten(2),
        *_row(144, 144),
        *_row(144, 144),
        nn.Conv1d(144, len(SIGNS) + 1, 1),
    )


def _plane(wide: int, wider: int, stride: tuple[int, int] = (1, 1)) -> list[nn.Module]:
    return [
        nn.Conv2d(wide, wider, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(wider),
        nn.ReLU(),
    ]


def _row(wide: int, wider: int) -> list[nn.Module]:
    return [nn.Conv1d(wide, wider, 5, padding=2, bias=False), nn.BatchNorm1d(wider), nn.ReLU()]


def train(drawn: Sequence[Path], rounds: int, kept: Path, say: Callable[[str], None]) -> nn.Sequential:
    """A network that saw the `drawn` blocks `rounds` times; how far it is stands in `kept`, and is taken up."""
    torch.manual_seed(1)
    net = network()
    steps = rounds * len(drawn) * BLOCK // BATCH
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=4e-3, total_steps=steps, pct_start=0.1)
    first = 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["blocks"]
    net.to(memory_format=torch.channels_last)
    loss_of = nn.CTCLoss(blank=BLANK, zero_infinity=True)
    order = np.concatenate([np.random.default_rng(i).permutation(len(drawn)) for i in range(rounds)])
    for number in range(first, len(order)):
        pixels, texts = loaded(drawn[order[number]])
        losses = []
        for at in np.random.default_rng(number).permutation(BLOCK).reshape(-1, BATCH):
            loss = loss_of(*_scored(net, pixels[at], [texts[i] for i in at]))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
        say(f"{number + 1} of {len(order)} blocks, loss {np.mean(losses):.3f}")
        state = {
            "net": net.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
        }
        torch.save({**state, "blocks": number + 1}, kept)
    return net.eval()


def _scored(
    net: nn.Sequential, pixels: npt.NDArray[np.float32], texts: Sequence[str]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """What the loss is told: chances by step, the signs that were drawn, steps and signs of each strip."""
    given = torch.from_numpy(pixels).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):  # half the time where the processor knows it
        raw = net(given)
    scores = raw.float().log_softmax(1).permute(2, 0, 1)
    signs = torch.tensor([SIGNS.index(sign) + 1 for text in texts for sign in text])
    steps = torch.full((len(texts),), scores.shape[0])
    return scores, signs, steps, torch.tensor([len(text) for text in texts])


def draw(folder: Path, blocks: int, seed: int, processes: int) -> list[Path]:
    """Blocks of strips in `folder`, drawn where they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{seed}-{number:03d}.npz" for number in range(blocks)]
    missing = [path for path in paths if not path.exists()]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_block, missing))
    return paths


def _block(path: Path) -> None:
    seed, number = path.stem.split("-")
    rng = np.random.default_rng((int(seed), int(number)))
    drawn = [strips.draw(rng) for _ in range(BLOCK)]
    pixels = np.stack([np.round(normal(strip.pixels) * _LEVELS) for strip in drawn]).astype(np.int8)
    part = path.with_suffix(".part.npz")
    np.savez(part, pixels=pixels, texts=np.array([strip.text for strip in drawn]))
    part.rename(path)


def loaded(path: Path) -> tuple[npt.NDArray[np.float32], list[str]]:
    """`BLOCK` strips: pixels (BLOCK, 1, HEIGHT, WIDTH) and texts."""
    with np.load(path) as kept:
        return kept["pixels"][:, None].astype(np.float32) / _LEVELS, [str(text) for text in kept["texts"]]


def export(net: nn.Sequential, path: Path) -> None:
    """The network as ONNX, its batch norms folded by the exporter; it takes one strip at a time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # OpenCV reads what the older exporter writes
        torch.onnx.export(
            net,
            (torch.zeros(1, 1, HEIGHT, WIDTH),),
            str(path),
            dynamo=False,
            input_names=["strips"],
            output_names=["scores"],
        )
