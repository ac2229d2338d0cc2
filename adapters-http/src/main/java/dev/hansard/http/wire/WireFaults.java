// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

/** Every fault that the codec knows, with the status for a caller. The codes are part of the API. */
final class WireFaults {
    static final WireFault REQUEST_LINE_MALFORMED = new WireFault(
            400, "request_line_malformed", "The request line is not METHOD SP TARGET SP HTTP/1.1; correct it.");
    static final WireFault REQUEST_LINE_TOO_LONG =
            new WireFault(414, "request_line_too_long", "The request line is longer than allowed; shorten the target.");
    static final WireFault METHOD_TOO_LONG =
            new WireFault(501, "method_not_implemented", "The method is longer than any known one; use another.");
    static final WireFault VERSION_UNSUPPORTED =
            new WireFault(505, "http_version_not_supported", "This listener speaks HTTP/1.1; use that version.");
    static final WireFault STATUS_LINE_MALFORMED = new WireFault(
            502, "status_line_malformed", "The status line is not HTTP/1.1 (or 1.0), a code of 100 to 599, a reason.");
    static final WireFault STATUS_LINE_TOO_LONG =
            new WireFault(502, "status_line_too_long", "The status line is longer than allowed.");
    static final WireFault UPGRADE_UNASKED = new WireFault(
            502, "upgrade_unasked", "The upstream switched to another protocol, which nobody had asked for.");

    static final WireFault LINE_ENDING_INVALID = new WireFault(
            400, "line_ending_invalid", "A CR or LF stands alone; every line must end with CR LF (RFC 9112, 2.2).");
    static final WireFault FIELD_NAME_INVALID = new WireFault(
            400, "field_name_invalid", "A field name is empty or not a token, or no colon follows it directly.");
    static final WireFault FIELD_VALUE_INVALID =
            new WireFault(400, "field_value_invalid", "A field value holds a control character; remove it.");
    static final WireFault FIELD_FOLDED = new WireFault(
            400, "field_folded", "A field line starts with white space; folded lines are obsolete (RFC 9112, 5.2).");
    static final WireFault FIELD_TOO_LONG =
            new WireFault(431, "field_too_long", "A field line is longer than allowed; shorten it.");
    static final WireFault TOO_MANY_FIELDS =
            new WireFault(431, "too_many_fields", "There are more fields than allowed; send fewer.");
    static final WireFault HEAD_TOO_LARGE =
            new WireFault(431, "head_too_large", "The head is larger than allowed; send fewer or shorter fields.");

    static final WireFault HOST_MISSING =
            new WireFault(400, "host_missing", "There is no Host field; send exactly one (RFC 9112, 3.2).");
    static final WireFault HOST_REPEATED =
            new WireFault(400, "host_repeated", "There is more than one Host field; send exactly one.");
    static final WireFault HOST_INVALID =
            new WireFault(400, "invalid_host", "The Host field is not a host name or address with an optional port.");
    static final WireFault CONTENT_LENGTH_INVALID = new WireFault(
            400, "content_length_invalid", "Content-Length is not a plain decimal number of at most 18 digits.");
    static final WireFault CONTENT_LENGTH_REPEATED =
            new WireFault(400, "content_length_repeated", "There is more than one Content-Length; send exactly one.");
    static final WireFault FRAMING_CONFLICT = new WireFault(
            400, "framing_conflict", "Content-Length and Transfer-Encoding must not stand together; send one of them.");
    static final WireFault FRAMING_UNEXPECTED =
            new WireFault(502, "framing_unexpected", "This message must not have framing fields, but has.");
    static final WireFault TRANSFER_ENCODING_INVALID = new WireFault(
            400, "transfer_encoding_invalid", "Transfer-Encoding must be exactly one 'chunked' without parameters.");
    static final WireFault TRANSFER_CODING_UNSUPPORTED = new WireFault(
            501, "transfer_coding_unsupported", "The only transfer coding that is understood is 'chunked'.");
    static final WireFault CONNECTION_INVALID =
            new WireFault(400, "connection_invalid", "The Connection field is not a list of tokens.");
    static final WireFault EXPECTATION_FAILED = new WireFault(
            417, "expectation_failed", "The only expectation that is understood is a single '100-continue'.");

    static final WireFault CHUNK_SIZE_INVALID = new WireFault(
            400, "chunk_size_invalid", "A chunk size is not 1 to 15 hexadecimal digits before CR LF or ';'.");
    static final WireFault CHUNK_EXTENSION_INVALID = new WireFault(
            400, "chunk_extension_invalid", "A chunk extension is empty, too long, or holds a control character.");
    static final WireFault CHUNK_END_INVALID =
            new WireFault(400, "chunk_end_invalid", "The data of a chunk is not followed by CR LF.");
    static final WireFault TRAILERS_TOO_LARGE =
            new WireFault(431, "trailers_too_large", "The trailer section is larger than allowed; send less.");
    static final WireFault TRAILER_FORBIDDEN =
            new WireFault(400, "trailer_forbidden", "A trailer must not be Content-Length, Transfer-Encoding or Host.");
    static final WireFault CONTENT_TRUNCATED =
            new WireFault(400, "content_truncated", "The connection ended before the content did.");

    private WireFaults() {}
}
