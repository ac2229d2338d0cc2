// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.decode.ContentDecoding;
import dev.hansard.core.masking.format.MediaType;
import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.TimeLimit;
import dev.hansard.core.masking.rule.TokenKey;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.session.RecordedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What masking does to the messages of one service: its rules, compiled, and what no configuration can switch off.
 * Safe for any number of threads.
 */
public final class ServiceMasking {
    /** Most types of contents for which the rules are kept compiled. */
    private static final int MAX_SELECTIONS = 64;

    private static final int VERSION_BYTES = 4;

    /** A content is there decoded or gathered, in UTF-8 where it was in another charset, and masked. */
    private static final int COPIES = 3;

    private final List<MaskRule> rules;
    private final boolean detectorsOnUnparsable;
    /** Whether some rule is limited to types of contents. */
    private final boolean isLimited;

    private final @Nullable TokenKey key;
    private final MaskingTools tools;
    private final ContentDecoding decoding;
    private final String version;
    private final SelectedRules ofAnything;
    /** By the type that a content is labelled with, where rules are limited to types. */
    private final Map<String, SelectedRules> selections = new ConcurrentHashMap<>();

    /**
     * Compiles rules that have been checked.
     *
     * @param detectorsOnUnparsable whether a content that cannot be parsed is kept with what detectors find masked,
     *     instead of being withheld
     * @param key of tokens and digests; null for none
     * @param inspectedBytes longest content that is masked, without its codings; a longer one is withheld
     */
    public ServiceMasking(
            List<MaskRule> rules,
            boolean detectorsOnUnparsable,
            @Nullable TokenKey key,
            MaskingTools tools,
            int inspectedBytes) {
        this.rules = List.copyOf(rules);
        this.detectorsOnUnparsable = detectorsOnUnparsable;
        this.isLimited = rules.stream().anyMatch(rule -> !rule.contentTypes().isEmpty());
        this.key = key;
        this.tools = tools;
        this.decoding = new ContentDecoding(tools.codings(), inspectedBytes);
        this.version = versionOf(this.rules, detectorsOnUnparsable);
        this.ofAnything = compiled(MediaType.NONE);
    }

    /**
     * A masked content by itself.
     *
     * @param reason why it is withheld, or why only detectors went through it; null when neither
     * @param charset what it is in; null for UTF-8, and for what is no text
     */
    public record MaskedContent(
            List<ByteBuffer> bytes,
            boolean isWithheld,
            @Nullable String reason,
            @Nullable Charset charset,
            Map<String, Integer> hits,
            List<MaskedPlace> places) {}

    /**
     * Masks one content as that of a message with that head would be, to show what would happen.
     *
     * @param isWhole whether this is all of the content, and not only its beginning
     */
    public MaskedContent preview(
            String contentType, List<String> contentEncoding, ByteBuffer content, boolean isWhole) {
        var message = new MessageMasking(this);
        MessageMasking.Body body = message.body(contentType, contentEncoding, List.of(content), isWhole);
        return new MaskedContent(
                body.bytes(),
                body.isWithheld(),
                body.reason(),
                ContentMasking.charset(body.bytes(), MediaType.parse(contentType)),
                message.hits(),
                message.places());
    }

    /** The rules that apply to contents of a type. */
    SelectedRules selected(MediaType label) {
        if (label.essence().isEmpty() || !isLimited) {
            return ofAnything;
        }
        SelectedRules known = selections.get(label.essence());
        if (known != null) {
            return known;
        }
        SelectedRules compiled = compiled(label);
        if (selections.size() < MAX_SELECTIONS) {
            selections.put(label.essence(), compiled);
        }
        return compiled;
    }

    private SelectedRules compiled(MediaType label) {
        List<MaskRule> applying = rules.stream()
                .filter(rule -> SelectedRules.applies(rule, label))
                .toList();
        return SelectedRules.of(applying, tools.patterns());
    }

    /** The rules that apply to heads and targets. */
    SelectedRules ofHeads() {
        return ofAnything;
    }

    /** Most memory that a content takes while it is masked. */
    long workingBytes(RecordedMessage message) {
        long kept = message.keptBytes();
        return COPIES * (kept > 0 && isCoded(message) ? decoding.maxDecoded(kept) : kept);
    }

    private static boolean isCoded(RecordedMessage message) {
        for (Field field : message.headers()) {
            if (field.name().equalsIgnoreCase("content-encoding")) {
                return true;
            }
        }
        return false;
    }

    /** The limit of a content that begins to be masked now. */
    TimeLimit timeLimit() {
        return TimeLimit.from(tools.nanos());
    }

    ContentDecoding decoding() {
        return decoding;
    }

    boolean detectorsOnUnparsable() {
        return detectorsOnUnparsable;
    }

    @Nullable
    TokenKey key() {
        return key;
    }

    /** Differs between rule sets that differ. */
    String version() {
        return version;
    }

    private static String versionOf(List<MaskRule> rules, boolean detectorsOnUnparsable) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((rules + " " + detectorsOnUnparsable).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
