// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Person;
import dev.hansard.ports.identity.SignedInRecord;
import dev.hansard.ports.identity.SignedInRecords;
import dev.hansard.ports.identity.SignedInRecordsContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSignedInRecordsTest implements SignedInRecordsContract {
    @Override
    public Opened open(Path folder) {
        var store = PostgresControlStore.open(TestDatabase.settings(folder), System::nanoTime, folder.resolve("seen"));
        return new Opened() {
            @Override
            public SignedInRecords records() {
                return store.signedIn();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    @Test
    void signsOutAtAllNodesAtOnce(@TempDir Path folder) {
        var ann = new Person(new Caller("corp", "ann", List.of()), null, null);
        var record = new SignedInRecord("aa", ann, NOON, NOON.plus(HOUR));
        try (Opened here = open(folder);
                Opened there = open(folder)) {
            here.records().add(record, NOON, NOON.minus(HOUR));
            assertThat(there.records().find("aa")).isEqualTo(record);

            there.records().remove("aa");

            assertThat(here.records().find("aa")).isNull();
        }
    }
}
