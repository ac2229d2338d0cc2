// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.fault;

import java.time.Duration;

/** What {@link TcpFaultProxy} does to connections. "Up" is towards the server, "down" towards the client. */
public sealed interface TcpFault {
    /** Nothing: bytes pass as they come. */
    record None() implements TcpFault {}

    /** Each piece of bytes waits so long before it passes, both ways. */
    record Latency(Duration delay) implements TcpFault {}

    /** At most so many bytes a second pass each way. */
    record Slow(int bytesPerSecond) implements TcpFault {}

    /** Nothing passes down any more; connections stay open. */
    record Stall() implements TcpFault {}

    /** Nobody listens: connections that are open are reset, new ones refused. */
    record Refuse() implements TcpFault {}

    /** A connection is reset once so many bytes went up. */
    record ResetUp(long bytes) implements TcpFault {}

    /** A connection is reset once so many bytes went down. */
    record ResetDown(long bytes) implements TcpFault {}

    /** The server's side ends in order once so many bytes went down: the end comes too early, but looks normal. */
    record HalfClose(long bytes) implements TcpFault {}

    /** The byte at this place of each connection's way down is another one. */
    record Corrupt(long place) implements TcpFault {}

    /** Each request is answered so, and the server never hears of it. */
    record Answer(int status, String reason, String body) implements TcpFault {}
}
