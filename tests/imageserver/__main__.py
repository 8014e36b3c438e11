"""Runs the server in the foreground, so that anybody can try the examples without paying."""

from __future__ import annotations

import argparse
import threading

from tests.imageserver import ImageServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.imageserver", description=__doc__)
    parser.add_argument("--port", type=int, default=8089)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that each picture takes")
    chosen = parser.parse_args()
    with ImageServer(port=chosen.port, talkative=True) as server:
        server.latency = chosen.latency
        server.key = ""
        server.instant_batches = True
        print(server.url, flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
