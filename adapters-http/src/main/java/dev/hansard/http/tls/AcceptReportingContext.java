// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** An SSL context that tells of each socket its server sockets accept, and is the given one in all else. */
final class AcceptReportingContext extends SSLContext {
    AcceptReportingContext(SSLContext context, Consumer<SSLSocket> onAccept) {
        super(new Spi(context, onAccept), context.getProvider(), context.getProtocol());
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext context;
        private final Consumer<SSLSocket> onAccept;

        Spi(SSLContext context, Consumer<SSLSocket> onAccept) {
            this.context = context;
            this.onAccept = onAccept;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            context.init(keys, trust, random);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return new Factory(context.getServerSocketFactory(), onAccept);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }

    private static final class Factory extends SSLServerSocketFactory {
        private final SSLServerSocketFactory factory;
        private final Consumer<SSLSocket> onAccept;

        Factory(SSLServerSocketFactory factory, Consumer<SSLSocket> onAccept) {
            this.factory = factory;
            this.onAccept = onAccept;
        }

        @Override
        public SSLServerSocket createServerSocket() throws IOException {
            return new AcceptReportingServerSocket((SSLServerSocket) factory.createServerSocket(), onAccept);
        }

        @Override
        public SSLServerSocket createServerSocket(int port) throws IOException {
            return new AcceptReportingServerSocket((SSLServerSocket) factory.createServerSocket(port), onAccept);
        }

        @Override
        public SSLServerSocket createServerSocket(int port, int backlog) throws IOException {
            return new AcceptReportingServerSocket(
                    (SSLServerSocket) factory.createServerSocket(port, backlog), onAccept);
        }

        @Override
        public SSLServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address)
                throws IOException {
            return new AcceptReportingServerSocket(
                    (SSLServerSocket) factory.createServerSocket(port, backlog, address), onAccept);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }
    }
}
