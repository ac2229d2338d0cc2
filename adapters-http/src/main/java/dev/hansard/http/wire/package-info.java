// SPDX-License-Identifier: Apache-2.0
/**
 * The strict HTTP/1.1 codec (RFC 9112) of both legs. It does no I/O: drivers hand it buffers, it answers with a
 * {@link dev.hansard.http.wire.Step}.
 *
 * <p>Three rules carry it. <b>One reading</b>: a message is accepted only if every recipient that keeps to the RFC
 * must read it as we do, and what goes on is serialised from that reading, never copied from the input as a whole;
 * so nothing that hides between two readings survives. Where the RFC lets a recipient choose between repair and
 * refusal, we refuse. <b>The verdict falls at a byte</b>: a fault is a function of the bytes up to the first one
 * that no acceptable message could have there, so it never depends on how the network cut the message. <b>Resume,
 * never rescan</b>: each byte is looked at once, however small the reads are, and nothing is allocated but what
 * somebody asks for.
 *
 * <p>Decisions where the RFCs leave room: one empty line (CRLF) before a request line is skipped, not more, and
 * none before a status line. A repeated Content-Length is a fault even when the values agree. An empty Host is a
 * fault: it is for URIs without an authority (RFC 9112 section 3.2), and http and https URIs always have one. Host
 * is a name of letters, digits, {@code - . _}, an IPv4 address, or an IPv6 address in brackets, with an optional
 * port: user information, percent-encoding and the other delimiters of RFC 3986 are refused. Content-Length,
 * Transfer-Encoding and Host in a trailer section are a fault. A 204 with framing fields has no content, as the RFC
 * says, but its connection is not used again; an interim response with them is a fault.
 *
 * <p>The public types are shared by the sibling packages of this module that drive sockets; nobody else needs them.
 */
@NullMarked
package dev.hansard.http.wire;

import org.jspecify.annotations.NullMarked;
