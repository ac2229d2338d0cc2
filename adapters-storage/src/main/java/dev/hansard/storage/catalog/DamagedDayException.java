// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.catalog;

/** A day file does not hold what it must: its day has to be indexed again. It does not leave this package. */
final class DamagedDayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedDayException(String message) {
        super(message);
    }
}
