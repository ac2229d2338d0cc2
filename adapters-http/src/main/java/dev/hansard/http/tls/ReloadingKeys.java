// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate and key of a listener, or of a client of an upstream, looked at again when a handshake asks for them,
 * at most every {@link ClientTls#LOOK_AGAIN}. New connections get the new certificate, old ones go on. A pair that does
 * not fit together is not taken, as it is what one sees between two writes of a renewal.
 */
final class ReloadingKeys extends X509ExtendedKeyManager {
    private static final System.Logger LOG = System.getLogger(ReloadingKeys.class.getName());
    private static final byte[] PROBE = {'h', 'a', 'n', 's', 'a', 'r', 'd'};

    private final Path certFile;
    private final Path keyFile;
    private final LongSupplier nanos;
    private final AtomicReference<Pair> pair;
    private final AtomicLong lookedAt;

    /** The alias changes with the pair, so that one handshake never mixes two. */
    private record Pair(FileStamp stamp, String alias, List<X509Certificate> chain, PrivateKey key) {}

    private ReloadingKeys(Path certFile, Path keyFile, LongSupplier nanos, Pair pair) {
        this.certFile = certFile;
        this.keyFile = keyFile;
        this.nanos = nanos;
        this.pair = new AtomicReference<>(pair);
        this.lookedAt = new AtomicLong(nanos.getAsLong());
    }

    static ReloadingKeys open(Path certFile, Path keyFile, LongSupplier nanos) throws IOException {
        return new ReloadingKeys(certFile, keyFile, nanos, load(certFile, keyFile));
    }

    private static Pair load(Path certFile, Path keyFile) throws IOException {
        FileStamp stamp = FileStamp.of(List.of(certFile, keyFile));
        List<X509Certificate> chain = PemFiles.certificates(certFile);
        PrivateKey key = PemFiles.privateKey(keyFile);
        if (!fit(chain.getFirst().getPublicKey(), key)) {
            throw new IOException(
                    "TLS key file '" + keyFile + "' does not belong to the first certificate of '" + certFile + "'");
        }
        return new Pair(stamp, "listener-" + Integer.toHexString(stamp.hashCode()), chain, key);
    }

    private static boolean fit(PublicKey publicKey, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(publicKey);
            signer.update(PROBE);
            return signer.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private Pair current() {
        long now = nanos.getAsLong();
        long last = lookedAt.get();
        if (now - last >= ClientTls.LOOK_AGAIN.toNanos() && lookedAt.compareAndSet(last, now)) {
            refresh();
        }
        return pair.get();
    }

    private void refresh() {
        if (FileStamp.of(List.of(certFile, keyFile)).equals(pair.get().stamp())) {
            return;
        }
        try {
            pair.set(load(certFile, keyFile));
            LOG.log(System.Logger.Level.INFO, "the certificate of ''{0}'' was read again", certFile);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "kept the certificate read before: " + e.getMessage());
        }
    }

    /** A name of the pair that is shown now; another one after a change. */
    String shown() {
        return current().alias();
    }

    private @Nullable String alias(String keyType) {
        Pair now = current();
        String algorithm = now.key().getAlgorithm();
        boolean fits = keyType.equals(algorithm) || (keyType.startsWith("Ed") && algorithm.equals("EdDSA"));
        return fits ? now.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Pair now = pair.get();
        return alias.equals(now.alias()) ? now.chain().toArray(new X509Certificate[0]) : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Pair now = pair.get();
        return alias.equals(now.alias()) ? now.key() : null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return getServerAliases(keyType, issuers);
    }

    /** Shown to whoever asks, whatever authorities it names: there is one certificate, and it is for this peer. */
    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        for (String one : keyType) {
            String alias = alias(one);
            if (alias != null) {
                return alias;
            }
        }
        return null;
    }
}
