// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.session.PayloadStore;

/**
 * Makes the payload stores that {@code storage.payloads} chooses.
 *
 * @since 0.1
 */
public interface PayloadStoreFactory extends StorageFactory<PayloadStore> {}
