// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.format;

/**
 * What a content is. It is masked as what it looks like, whatever it is labelled, because a reader may look too. The
 * maskers of JSON, XML and multipart are strict: what only looks like one of them is withheld. Those of forms and text
 * take anything, and so they come last.
 *
 * <table>
 *   <caption>The first line that holds decides</caption>
 *   <tr><th>the content</th><th>the label</th><th>is</th></tr>
 *   <tr><td>has a line that begins with {@code --} and the boundary</td><td>multipart</td><td>multipart</td></tr>
 *   <tr><td>begins with {@code --}, a boundary and a line {@code Content-...:}</td><td>any</td><td>multipart</td></tr>
 *   <tr><td>has control characters, or is a PDF</td><td>any</td><td>binary</td></tr>
 *   <tr><td>begins as JSON does: <code>{"</code>, <code>{}</code>, or a bracket and a JSON value; or it is one JSON
 *       string</td><td>any</td><td>JSON; NDJSON when the first line closes what it opens and another opens</td></tr>
 *   <tr><td>begins with {@code <} and a letter, {@code ?} or {@code !}</td><td>any but an event stream</td>
 *       <td>XML</td></tr>
 *   <tr><td>begins with {@code data:} or {@code event:}</td><td>any</td><td>event stream</td></tr>
 *   <tr><td>any other</td><td>event stream</td><td>event stream</td></tr>
 *   <tr><td>any other</td><td>form</td><td>form</td></tr>
 *   <tr><td>pairs {@code name=value} with {@code &} between them and no blank</td><td>any</td><td>form</td></tr>
 *   <tr><td>any other</td><td>JSON, NDJSON, XML</td><td>what the label says, and so withheld, unless it is a JSON
 *       literal</td></tr>
 *   <tr><td>any other</td><td>multipart</td><td>withheld</td></tr>
 *   <tr><td>any other</td><td>any other</td><td>text</td></tr>
 * </table>
 *
 * HTML begins as XML does. Where it is no well-formed XML it is withheld, too: its names and entities could hide
 * anything from a scanner that does not read HTML.
 */
public enum Format {
    JSON,
    NDJSON,
    FORM,
    XML,
    SSE,
    TEXT,
    BINARY;

    /**
     * What a content is that is not multipart.
     *
     * @param utf8 without a byte order mark
     */
    public static Format of(MediaType label, byte[] utf8, int from, int to) {
        var looks = new Looks(utf8, from, to);
        if (looks.isJsonSequence()) {
            return NDJSON;
        }
        if (looks.isBinary()) {
            return BINARY;
        }
        if (looks.isJson()) {
            return looks.isLines() ? NDJSON : JSON;
        }
        if (looks.isXml() && !label.isEventStream()) {
            return XML;
        }
        if (label.isEventStream() || looks.isEventStream()) {
            return SSE;
        }
        if (label.isForm() || looks.isForm()) {
            return FORM;
        }
        if (label.isJson() || label.essence().contains("json")) {
            return JSON;
        }
        return label.isXml() ? XML : TEXT;
    }
}
