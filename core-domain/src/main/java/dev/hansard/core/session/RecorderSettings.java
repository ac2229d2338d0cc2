// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;

/**
 * Limits of the recorder.
 *
 * @param recordDeadline longest wait for a record to become durable; then strict calls are refused or cut (invariant
 *     I6)
 * @param queueBytes most content bytes of relaxed records that wait to be written
 * @param queueRecords most relaxed records that wait to be written
 * @param maskBytes most memory for contents that are being masked; others wait for it, and are left out of their record
 *     after the record deadline
 */
public record RecorderSettings(Duration recordDeadline, long queueBytes, int queueRecords, long maskBytes) {
    public static final RecorderSettings DEFAULT =
            new RecorderSettings(Duration.ofSeconds(2), 64L * 1024 * 1024, 100_000, 64L * 1024 * 1024);

    public RecorderSettings {
        if (!recordDeadline.isPositive() || queueBytes < 1 || queueRecords < 1 || maskBytes < 1) {
            throw new InvalidValueException("recorder limits must be positive, but are " + recordDeadline + ", "
                    + queueBytes + " bytes, " + queueRecords + " records, " + maskBytes + " bytes to mask");
        }
    }

    /** The same with another limit of memory for masking. */
    public RecorderSettings withMaskBytes(long newMaskBytes) {
        return new RecorderSettings(recordDeadline, queueBytes, queueRecords, newMaskBytes);
    }
}
