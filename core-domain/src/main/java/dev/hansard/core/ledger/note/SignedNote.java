// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.note;

import dev.hansard.ports.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures below it (C2SP signed-note): the text, an empty line, and for each signature a line {@code —
 * NAME BASE64} of the key's id and the signature.
 *
 * @param text with the line feed at its end
 */
public record SignedNote(String text, List<Line> signatures) {
    /** The longest note that is read. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final String START = "\u2014 ";
    private static final int MAX_SIGNATURES = 100;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * A signature line.
     *
     * @param name of the key
     * @param signed id of the key and signature, in base64
     */
    public record Line(String name, String signed) {}

    /** Signs a text, which has to end with a line feed. */
    public static SignedNote sign(String text, LedgerKey key) {
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] id = key.publicKey().id();
        byte[] both = ByteBuffer.allocate(id.length + signature.length)
                .put(id)
                .put(signature)
                .array();
        return new SignedNote(
                text,
                List.of(new Line(key.publicKey().name(), Base64.getEncoder().encodeToString(both))));
    }

    /**
     * Reads a note. Signatures of whatever kind are kept; only {@link #isSignedBy} says what they are worth.
     *
     * @throws InvalidValueException when it is none
     */
    public static SignedNote parse(String note) {
        int split = note.lastIndexOf("\n\n");
        boolean plausible = note.length() <= MAX_LENGTH
                && note.endsWith("\n")
                && split > 0
                && note.chars().allMatch(c -> c >= ' ' || c == '\n');
        var lines = new ArrayList<Line>();
        if (plausible) {
            for (String line : note.substring(split + 2).lines().toList()) {
                int end = line.lastIndexOf(' ');
                if (!line.startsWith(START) || end <= START.length() || lines.size() == MAX_SIGNATURES) {
                    plausible = false;
                    break;
                }
                lines.add(new Line(line.substring(START.length(), end), line.substring(end + 1)));
            }
        }
        if (!plausible || lines.isEmpty()) {
            throw new InvalidValueException(
                    "a signed note must be a text, an empty line, and lines that start with '— ', at most " + MAX_LENGTH
                            + " characters in all");
        }
        return new SignedNote(note.substring(0, split + 1), lines);
    }

    /** Whether the holder of this key has signed the text. */
    public boolean isSignedBy(LedgerPublicKey key) {
        return signatures.stream().anyMatch(line -> line.name().equals(key.name()) && verifies(line, key));
    }

    private boolean verifies(Line line, LedgerPublicKey key) {
        byte[] both;
        try {
            both = Base64.getDecoder().decode(line.signed());
        } catch (IllegalArgumentException _) {
            return false;
        }
        int idBytes = LedgerPublicKey.ID_BYTES;
        return both.length > idBytes
                && Arrays.equals(both, 0, idBytes, key.id(), 0, idBytes)
                && key.verifies(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(both, idBytes, both.length));
    }

    @Override
    public String toString() {
        var out = new StringBuilder(text).append('\n');
        signatures.forEach(line -> out.append(START)
                .append(line.name())
                .append(' ')
                .append(line.signed())
                .append('\n'));
        return out.toString();
    }
}
