// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hansard.ports.notify.Notice;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A notice as incoming webhooks of Slack and of what is like it take one: {@code text} for where blocks are not shown,
 * and {@code blocks}. Much of a notice was written by whoever made a request, so each text is escaped as Slack wants
 * ({@code &}, {@code <} and {@code >}, which also begin mentions and links), and stands in code marks, which nothing in
 * it can end.
 */
final class SlackMessage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Slack takes 3000 characters in a text and 2000 in a field, counted after escaping; an escape has five. */
    private static final int LONGEST_VALUE = 380;

    /** Of a section. */
    private static final int MOST_FIELDS = 10;

    private static final String LINK = "link";

    private static final Map<String, String> TITLES = Map.of(
            "approval.requested", "A request waits for approval",
            "approval.decided", "A request was decided on",
            "approval.expired", "A request was not approved in time",
            "approval.withdrawn", "A request is not to be decided any more",
            "alert.raised", "Alert",
            "alert.eased", "An alert is less bad than it was",
            "alert.cleared", "An alert is over");

    /** What people need most comes first; the rest is left to those who follow the link. */
    private static final List<String> SHOWN = List.of(
            "service",
            "caller",
            "method",
            "host",
            "target",
            "message",
            "verdict",
            "decidedBy",
            "comment",
            "reason",
            "subject",
            "state",
            "detail",
            "expiresAt",
            "id",
            "digest");

    private SlackMessage() {}

    /** The content to post. */
    static String of(Notice notice) {
        JsonNode data = parsed(notice.data());
        String title = TITLES.getOrDefault(notice.type(), notice.type());
        List<String> lines = lines(data);
        ObjectNode message = NODES.objectNode();
        message.put("text", escaped(title) + (lines.isEmpty() ? "" : ": " + String.join(", ", lines)));
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject().put("type", "section").set("text", markdown("*" + escaped(title) + "*"));
        for (int from = 0; from < lines.size(); from += MOST_FIELDS) {
            ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
            lines.subList(from, Math.min(lines.size(), from + MOST_FIELDS)).forEach(line -> fields.add(markdown(line)));
        }
        String link = data.path(LINK).asText();
        if (isAddress(link)) {
            ArrayNode elements = blocks.addObject().put("type", "actions").putArray("elements");
            ObjectNode button = elements.addObject().put("type", "button").put("url", link);
            button.putObject("text").put("type", "plain_text").put("text", "Look and decide");
        }
        return message.toString();
    }

    private static JsonNode parsed(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a notice holds JSON", e);
        }
    }

    private static List<String> lines(JsonNode data) {
        var lines = new ArrayList<String>();
        for (String name : SHOWN) {
            String value = data.path(name).asText();
            if (!value.isBlank()) {
                lines.add("*" + name + "* " + code(value));
            }
        }
        return lines;
    }

    private static ObjectNode markdown(String text) {
        return NODES.objectNode().put("type", "mrkdwn").put("text", text);
    }

    /** Text that nothing in it makes look like something else. */
    static String code(String text) {
        int length = text.length() <= LONGEST_VALUE ? text.length() : cutAt(text);
        var shown = new StringBuilder("`");
        text.substring(0, length).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> shown.append('\ufffd');
                default -> shown.appendCodePoint(c == '`' ? '\'' : c);
            }
        });
        return escaped(
                shown.append(length < text.length() ? "..." : "").append('`').toString());
    }

    private static int cutAt(String text) {
        return Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1)) ? LONGEST_VALUE - 1 : LONGEST_VALUE;
    }

    /** As Slack wants it; the ampersand first, so that nothing is escaped twice. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static boolean isAddress(String link) {
        try {
            URI uri = URI.create(link);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
