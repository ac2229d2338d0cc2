// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * All that a node has to keep of its ledger besides the entries of its logs. As text, one word and its values a line;
 * then the signed checkpoint; the first line has a checksum over all that follows.
 *
 * @param size how many leaves are signed
 * @param sequence the highest sequence among them
 * @param position everything in the spool before it is among them
 * @param published how many leaves are published
 * @param base index of the first leaf whose entry is in a log
 * @param edge of the tree of the leaves before {@code base}
 * @param checkpoint the signed note; empty while there is no leaf
 */
record LedgerState(
        long size,
        long sequence,
        SpoolPosition position,
        long published,
        long base,
        List<List<Hash>> edge,
        String checkpoint) {
    static final LedgerState NEW = new LedgerState(0, 0, SpoolPosition.START, 0, 0, List.of(), "");

    private static final String HEAD = "hansard-ledger 1 ";
    private static final String EDGE = "edge";

    LedgerState {
        edge = edge.stream().map(List::copyOf).toList();
    }

    byte[] toBytes() {
        var text = new StringBuilder();
        text.append("size ").append(size).append('\n');
        text.append("sequence ").append(sequence).append('\n');
        text.append("spool ")
                .append(position.file())
                .append(' ')
                .append(position.offset())
                .append('\n');
        text.append("published ").append(published).append('\n');
        text.append("base ").append(base).append('\n');
        for (List<Hash> level : edge) {
            text.append(EDGE);
            level.forEach(hash -> text.append(' ').append(hash));
            text.append('\n');
        }
        text.append('\n').append(checkpoint);
        return (HEAD + checksum(text.toString()) + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads {@link #toBytes}.
     *
     * @throws InvalidValueException when a bit of it is another
     */
    static LedgerState parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int head = text.indexOf('\n');
        int split = text.indexOf("\n\n");
        if (head < 0 || split < head || !text.substring(0, head).equals(HEAD + checksum(text.substring(head + 1)))) {
            throw new InvalidValueException("the ledger's state is damaged, or of a later version");
        }
        List<String> lines = text.substring(head + 1, split).lines().toList();
        var edge = new ArrayList<List<Hash>>();
        for (String line : lines.subList(5, lines.size())) {
            edge.add(values(line).stream().map(Hash::parse).toList());
        }
        return new LedgerState(
                number(lines.get(0), 0),
                number(lines.get(1), 0),
                new SpoolPosition(number(lines.get(2), 0), number(lines.get(2), 1)),
                number(lines.get(3), 0),
                number(lines.get(4), 0),
                edge,
                text.substring(split + 2));
    }

    private static long number(String line, int at) {
        return Long.parseLong(values(line).get(at));
    }

    private static List<String> values(String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        return words.subList(1, words.size());
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
