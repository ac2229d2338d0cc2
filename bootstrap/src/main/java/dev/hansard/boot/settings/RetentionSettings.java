// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.ports.value.RetentionClass;
import java.time.Duration;

/**
 * How long sessions are kept.
 *
 * @param defaultClass the class of a service that names none
 * @param defaultPeriod how long that class is kept
 */
public record RetentionSettings(RetentionClass defaultClass, Duration defaultPeriod) {
    public static final RetentionSettings DEFAULT = new RetentionSettings(RetentionClass.DEFAULT, Duration.ofDays(30));
}
