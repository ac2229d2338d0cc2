// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.crypt.WrappedKey;
import dev.hansard.ports.session.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has Vault or OpenBao wrap. Their transit key must be of a type with associated data (aes256-gcm96, the default, or
 * chacha20-poly1305), since the purpose is that. Each answer says the version that wrapped, so a rotation there counts
 * for the next key at once.
 */
final class TransitKeyWrapper implements KeyWrapper {
    private static final Pattern CIPHERTEXT = Pattern.compile("vault:(v[1-9][0-9]{0,8}):[A-Za-z0-9+/=]+");

    private final TransitClient transit;

    private TransitKeyWrapper(TransitClient transit) {
        this.transit = transit;
    }

    /** Has it wrap and unwrap once, so that a node does not start without it. */
    static TransitKeyWrapper open(TransitClient transit) {
        var wrapper = new TransitKeyWrapper(transit);
        try {
            wrapper.unwrap(wrapper.wrap(new byte[KEY_BYTES], "check"), "check");
            return wrapper;
        } catch (StorageException e) {
            transit.close();
            throw e;
        }
    }

    @Override
    public String current() {
        return wrap(new byte[KEY_BYTES], "check").wrappedBy();
    }

    @Override
    public WrappedKey wrap(byte[] key, String purpose) {
        String text = transit.ask(
                "encrypt",
                "{\"plaintext\":\"" + base64(key) + "\",\"associated_data\":\"" + purpose(purpose) + "\"}",
                "ciphertext");
        Matcher ciphertext = CIPHERTEXT.matcher(text);
        if (!ciphertext.matches()) {
            throw new StorageException(transit.name() + " gives something else than a ciphertext");
        }
        return new WrappedKey(wrappedBy(ciphertext.group(1)), text);
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, String purpose) {
        Matcher ciphertext = CIPHERTEXT.matcher(wrapped.text());
        if (!ciphertext.matches() || !wrapped.wrappedBy().equals(wrappedBy(ciphertext.group(1)))) {
            throw new StorageException("it was wrapped by " + wrapped.wrappedBy() + ", which is not " + transit.name()
                    + "; configure storage.encryption as it was then");
        }
        String text = transit.ask(
                "decrypt",
                "{\"ciphertext\":\"" + wrapped.text() + "\",\"associated_data\":\"" + purpose(purpose) + "\"}",
                "plaintext");
        byte[] key = decoded(text);
        if (key.length != KEY_BYTES) {
            throw new StorageException(
                    transit.name() + " gives " + key.length + " bytes, but a data key has " + KEY_BYTES);
        }
        return key;
    }

    private byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new StorageException(transit.name() + " gives no Base64", e);
        }
    }

    private String wrappedBy(String version) {
        return "transit:" + transit.key() + ":" + version;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String purpose(String purpose) {
        return base64(purpose.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        transit.close();
    }
}
