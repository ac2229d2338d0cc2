// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Fields;
import org.jspecify.annotations.Nullable;

/** The fields of a received message that go on: the others are not there. Owned by the call's thread. */
final class SentFields implements Fields {
    private static final int[] UNKNOWN = {};

    private final Fields received;
    private final KeptFields kept;
    private int[] places = UNKNOWN;
    private int count = -1;

    SentFields(Fields received, KeptFields kept) {
        this.received = received;
        this.kept = kept;
    }

    /** Most calls are decided on without a look at their fields. */
    private int[] places() {
        if (count < 0) {
            places = new int[received.count()];
            count = 0;
            for (int i = 0; i < received.count(); i++) {
                if (kept.keeps(i)) {
                    places[count++] = i;
                }
            }
        }
        return places;
    }

    @Override
    public int count() {
        int[] _ = places();
        return count;
    }

    @Override
    public String name(int index) {
        return received.name(places()[index]);
    }

    @Override
    public int nameLength(int index) {
        return received.nameLength(places()[index]);
    }

    @Override
    public char nameAt(int index, int position) {
        return received.nameAt(places()[index], position);
    }

    @Override
    public String value(int index) {
        return received.value(places()[index]);
    }

    @Override
    public boolean isNamed(int index, String lowerCaseName) {
        return received.isNamed(places()[index], lowerCaseName);
    }

    @Override
    public @Nullable String first(String lowerCaseName) {
        int index = find(lowerCaseName, 0);
        return index < 0 ? null : value(index);
    }
}
