# SPDX-License-Identifier: Apache-2.0
"""Prints some free TCP ports of 127.0.0.1, one a line. All are held until the last is known, so that they differ."""
import socket
import sys

held = []
for _ in range(int(sys.argv[1])):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    held.append(listener)
    print(listener.getsockname()[1])
