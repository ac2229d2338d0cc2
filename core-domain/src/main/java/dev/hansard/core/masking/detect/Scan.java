// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Alphabet.DIGIT;

import dev.hansard.core.masking.detect.Overlaps.Found;
import dev.hansard.core.masking.rule.Treatment;
import dev.hansard.core.masking.rule.ValueScanner;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One pass over a text. It looks closer only at bytes that some detector waits for, and at digits once for each group.
 * Each detector reads on from there over bytes of its own alphabet only, and starts only where that alphabet does, so
 * that no byte is read more than a fixed number of times. Belongs to one thread.
 */
final class Scan {
    /** No detector of digits takes fewer bytes: a social security number has nine digits. */
    static final int SHORTEST_NUMBER = 9;

    private final Chosen chosen;
    private final Overlaps overlaps;
    private byte[] bytes;
    private int from;
    private int to;
    private final PemKeys pemKeys = new PemKeys();
    private final Cards.Digits digits = new Cards.Digits();

    /** The parts of a token look like heads themselves. */
    private int endOfJwt;

    /** Which detectors run, and what is done to what they find. Not changed once a scan has begun. */
    static final class Chosen {
        private final Map<Detector, Owner> owners = new EnumMap<>(Detector.class);
        private final boolean[] triggers = new boolean[256];

        /** Without digits, of which a short text holds too few. */
        private final boolean[] triggersOfShort = new boolean[256];

        private boolean takesCards;
        private boolean takesIbans;
        private boolean takesSocialSecurityNumbers;

        /** The rule that has a detector, and its place among the rules. */
        private record Owner(Treatment treatment, int order) {}

        /** The first rule that chooses a detector has it. */
        void add(Detector detector, Treatment treatment, int order) {
            owners.putIfAbsent(detector, new Owner(treatment, order));
            for (int i = 0; i < detector.triggers.length(); i++) {
                char trigger = detector.triggers.charAt(i);
                triggers[trigger] = true;
                triggersOfShort[trigger] = trigger < '0' || trigger > '9';
            }
            takesCards |= detector == Detector.CARD;
            takesIbans |= detector == Detector.IBAN;
            takesSocialSecurityNumbers |= detector == Detector.SSN;
        }

        /** The first byte that some detector waits for; {@code to} where there is none. */
        int first(byte[] bytes, int from, int to) {
            boolean[] awaited = to - from < SHORTEST_NUMBER ? triggersOfShort : triggers;
            int at = from;
            while (at < to && !awaited[bytes[at] & 0xFF]) {
                at++;
            }
            return at;
        }

        private boolean has(Detector detector) {
            return owners.containsKey(detector);
        }
    }

    Scan(Chosen chosen, byte[] bytes, int from, int to, Overlaps overlaps) {
        this.chosen = chosen;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.overlaps = overlaps;
    }

    /** The same for another text: {@link #run} may be called once more. */
    Scan over(byte[] text, int start, int end, ValueScanner.Hits hits, List<Found> known) {
        bytes = text;
        from = start;
        to = end;
        endOfJwt = 0;
        pemKeys.begin();
        overlaps.begin(hits, known);
        return this;
    }

    /** From {@code first} on, before which no detector waits for anything. */
    void run(int first) {
        boolean[] triggers = chosen.triggers;
        byte[] text = bytes;
        int end = to;
        int at = first;
        while (at < end) {
            at = triggers[text[at] & 0xFF] ? lookAt(at) : at + 1;
        }
        overlaps.finish();
    }

    /** Gives where to go on. */
    private int lookAt(int at) {
        switch (bytes[at]) {
            case '@' -> email(at);
            case 'J' -> jwt(at);
            case 'B', 'b' -> scheme(at);
            case 'A' -> capitalA(at);
            case '_' -> underscore(at);
            case '-' -> hyphen(at);
            case '.' -> dot(at);
            case '=', ':' -> captioned(at);
            default -> {
                return digits(at);
            }
        }
        return at + 1;
    }

    private void hit(Detector detector, int at, int start, int end) {
        if (end > start && start >= 0) {
            Chosen.Owner owner = chosen.owners.get(detector);
            if (owner != null) {
                overlaps.add(at, new Found(start, end, owner.order, owner.treatment));
            }
        }
    }

    private int digits(int at) {
        int end = Alphabet.end(bytes, at, to, DIGIT);
        if (end - at >= 2 && at - from >= 2 && chosen.takesIbans) {
            hit(Detector.IBAN, at, at - 2, Ibans.end(bytes, at - 2, from, to));
        }
        if (end - at == 3 && chosen.takesSocialSecurityNumbers) {
            hit(Detector.SSN, at, at, SocialSecurityNumbers.end(bytes, at, from, to));
        }
        if (chosen.takesCards) {
            hit(Detector.CARD, at, at, Cards.end(bytes, at, end, from, to, digits));
            if (Cards.mayHold(bytes, at, end, from, to)) {
                for (int start = at; start < end; start++) {
                    hit(Detector.CARD, start, start, Cards.endInside(bytes, start, at, end));
                }
            }
        }
        return end;
    }

    private void email(int at) {
        int start = Emails.start(bytes, at, from);
        if (start >= 0) {
            hit(Detector.EMAIL, at, start, Emails.end(bytes, at, to));
        }
    }

    private void jwt(int at) {
        if (at >= endOfJwt && at - from >= 2 && bytes[at - 1] == 'y' && bytes[at - 2] == 'e') {
            int end = HttpCredentials.endOfJwt(bytes, at - 2, from, to);
            hit(Detector.JWT, at, at - 2, end);
            endOfJwt = Math.max(endOfJwt, end);
        }
    }

    private void scheme(int at) {
        if (at + 1 == to) {
            return;
        }
        int next = bytes[at + 1] | 0x20;
        if (next == 'e' && chosen.has(Detector.BEARER)) {
            int start = HttpCredentials.startOfBearer(bytes, at, from, to);
            if (start >= 0) {
                hit(Detector.BEARER, at, start, HttpCredentials.endOfBearer(bytes, start, to));
            }
        } else if (next == 'a' && chosen.has(Detector.BASIC)) {
            int start = HttpCredentials.startOfBasic(bytes, at, from, to);
            if (start >= 0) {
                hit(Detector.BASIC, at, start, HttpCredentials.endOfBasic(bytes, start, to));
            }
        }
    }

    private void capitalA(int at) {
        if (at + 1 < to && bytes[at + 1] == 'I') {
            hit(Detector.GOOGLE, at, at, VendorKeys.endOfGoogleKey(bytes, at, from, to));
        } else {
            hit(Detector.AWS, at, at, VendorKeys.endOfAwsId(bytes, at, from, to));
        }
    }

    private void underscore(int at) {
        int github = VendorKeys.startOfGithub(bytes, at, from);
        if (github >= 0) {
            hit(Detector.GITHUB, at, github, VendorKeys.endOfGithub(bytes, github, at, to));
        }
        int stripe = VendorKeys.startOfStripe(bytes, at, from);
        if (stripe >= 0) {
            hit(Detector.STRIPE, at, stripe, VendorKeys.endOfStripe(bytes, stripe, at, to));
        }
    }

    private void hyphen(int at) {
        if (at + 1 < to && bytes[at + 1] == '-') {
            hit(Detector.PEM, at, at, pemKeys.end(bytes, at, to));
            return;
        }
        int slack = VendorKeys.startOfSlack(bytes, at, from);
        if (slack >= 0) {
            hit(Detector.SLACK, at, slack, VendorKeys.endOfSlack(bytes, slack, to));
        }
        google(at);
    }

    private void dot(int at) {
        int hook = at + 1 < to && (bytes[at + 1] | 0x20) == 's' ? VendorKeys.startOfSlackHook(bytes, at, from, to) : -1;
        if (hook >= 0) {
            hit(Detector.SLACK, at, hook, VendorKeys.endOfSlackHook(bytes, hook, to));
        }
        google(at);
    }

    private void google(int at) {
        int start = VendorKeys.startOfGoogle(bytes, at, from);
        if (start >= 0) {
            hit(Detector.GOOGLE, at, start, VendorKeys.endOfGoogle(bytes, at, to));
        }
    }

    private void captioned(int at) {
        int start = VendorKeys.startOfAwsSecret(bytes, at, from, to);
        if (start >= 0) {
            hit(Detector.AWS, at, start, VendorKeys.endOfAwsSecret(bytes, start, to));
        }
    }
}
