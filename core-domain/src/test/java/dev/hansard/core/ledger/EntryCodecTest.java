// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.ledger.LedgerEntry;
import dev.hansard.ports.ledger.LedgerEntry.Event;
import dev.hansard.ports.ledger.LedgerEntry.EventKind;
import dev.hansard.ports.ledger.LedgerEntry.Gap;
import dev.hansard.ports.ledger.LedgerEntry.Range;
import dev.hansard.ports.ledger.LedgerEntry.Session;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class EntryCodecTest {
    private static final NodeName NODE = new NodeName("node-1");
    private static final Session SESSION = new Session(
            NODE,
            SessionId.parse("ses_0190163d-8694-739b-aea5-966c26f8ad91"),
            7,
            true,
            Durability.STRICT,
            new ServiceName("payments"),
            new Hash(1, 2, 3, 4));

    /** A stranger's verifier is written after these bytes: they never change. */
    @Test
    void writesASessionAsTheFormatSays() {
        assertThat(HexFormat.of().formatHex(EntryCodec.encode(SESSION)))
                .isEqualTo("0101" + "0006" + "6e6f64652d31" + "0190163d8694739baea5966c26f8ad91" + "0000000000000007"
                        + "01" + "01" + "0008" + "7061796d656e7473" + "0000000000000001" + "0000000000000002"
                        + "0000000000000003" + "0000000000000004");
    }

    @Property
    void readsBackAnEvent(
            @ForAll EventKind kind,
            @ForAll @StringLength(max = 40) String actor,
            @ForAll @StringLength(max = 40) String text,
            @ForAll @Size(max = 20) List<Integer> lengths) {
        var ranges = new ArrayList<Range>();
        long next = 1;
        for (int length : lengths) {
            long last = next + Math.abs((long) length % 1000);
            ranges.add(new Range(next, last));
            next = last + 2;
        }
        // A lone surrogate is no text, and becomes a question mark.
        String legal = new String(text.getBytes(UTF_8), UTF_8);
        String who = new String(actor.getBytes(UTF_8), UTF_8);
        var event = new Event(NODE, kind, Instant.ofEpochMilli(1_800_000_000_123L), who, legal, legal, "", ranges);

        assertThat(EntryCodec.decode(EntryCodec.encode(event))).isEqualTo(event);
    }

    @Test
    void fitsTheLargestEventIntoABundle() {
        String longest = "\u20ac".repeat(LedgerEntry.MAX_TEXT);
        var ranges = new ArrayList<Range>();
        for (int i = 0; i < Event.MAX_RANGES; i++) {
            ranges.add(new Range(2L * i + 1, 2L * i + 1));
        }
        var event = new Event(NODE, EventKind.DELETION, Instant.EPOCH, longest, longest, longest, longest, ranges);

        assertThat(EntryCodec.encode(event)).hasSizeLessThan(65_536);
    }

    @Test
    void refusesEveryCutAndEveryAddition() {
        for (LedgerEntry entry : List.of(SESSION, new Gap(NODE, new Range(3, 9), "lost"))) {
            byte[] bytes = EntryCodec.encode(entry);

            for (int length = 0; length < bytes.length; length++) {
                assertThat(reads(Arrays.copyOf(bytes, length))).isFalse();
            }
            assertThat(reads(Arrays.copyOf(bytes, bytes.length + 1))).isFalse();
        }
    }

    private static boolean reads(byte[] bytes) {
        try {
            EntryCodec.decode(bytes);
            return true;
        } catch (InvalidValueException _) {
            return false;
        }
    }

    /** Whatever is read has that one spelling. */
    @FuzzTest(maxDuration = "30s")
    void readsOnlyWhatItWrites(byte[] bytes) {
        try {
            LedgerEntry entry = EntryCodec.decode(bytes);

            assertThat(EntryCodec.encode(entry)).isEqualTo(bytes);
        } catch (InvalidValueException _) {
            // Most bytes are no entry.
        }
    }
}
