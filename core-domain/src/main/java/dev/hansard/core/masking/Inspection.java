// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.MessageMasking.Body;
import dev.hansard.core.masking.rule.Findings;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.Replacer;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.MaskedPlace;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks through what a record holds for values that rules would take out, by masking it once more and forgetting the
 * result. Masks are left alone, whatever rule made them. Safe for any number of threads.
 */
public final class Inspection {
    /** Most places that are noted of one content, head or target; all are counted. */
    public static final int MAX_PLACES = 4096;

    private final ServiceMasking rules;

    /** One that looks for what the rules select, and for what is masked always. */
    public Inspection(List<MaskRule> rules, MaskingTools tools) {
        // What is stored is no longer than what was let in.
        this.rules = new ServiceMasking(rules, true, null, tools, Integer.MAX_VALUE);
    }

    /**
     * What is clear.
     *
     * @param hits values by rule
     * @param places the first of them
     * @param unread why nothing could be looked through, as the word that the record has for it; null when it could
     */
    public record Found(
            Map<String, Integer> hits,
            List<MaskedPlace> places,
            @Nullable String unread) {
        public Found {
            hits = Map.copyOf(hits);
            places = List.copyOf(places);
        }
    }

    /** Looks through a request-target. */
    public Found target(String target) {
        MessageMasking message = message();
        message.target(target);
        return found(message, null);
    }

    /** Looks through the fields of a head, or through trailers. */
    public Found fields(List<Field> fields) {
        MessageMasking message = message();
        message.fields(fields);
        return found(message, null);
    }

    /**
     * Looks through a content without content coding. What cannot be parsed is read as text.
     *
     * @param contentType as the head has it; empty for none
     */
    public Found content(String contentType, byte[] content) {
        MessageMasking message = message();
        Body body = message.body(contentType, List.of(), List.of(ByteBuffer.wrap(content)), true);
        return found(message, body.isWithheld() ? body.reason() : null);
    }

    /** Whether a text, such as a name, holds what rules would take out of one. */
    public boolean hidesIn(String text) {
        return !message().text(text, "").equals(text);
    }

    private MessageMasking message() {
        return new MessageMasking(rules, Replacer.sparingMasks(), new Findings(MAX_PLACES));
    }

    private static Found found(MessageMasking message, @Nullable String unread) {
        return new Found(message.hits(), message.places(), unread);
    }
}
