package com.berryfi.vmsync.testkit.arm;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The simulator's certificate, which signs itself, for 127.0.0.1 and localhost, and a client's trust in it alone. */
final class SimulatorTls {

    /** Protects nothing: key and password are published, and good for the own machine only. */
    private static final char[] PASSWORD = "simulator".toCharArray();

    private SimulatorTls() {}

    static SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("simulator.p12 cannot be used", broken);
        }
    }

    static SSLContext client() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("simulator", keyStore().getCertificate("simulator"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("simulator.p12 cannot be used", broken);
        }
    }

    private static KeyStore keyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Objects.requireNonNull(
                SimulatorTls.class.getResourceAsStream("simulator.p12"), "simulator.p12 is not in the jar")) {
            store.load(file, PASSWORD);
        }
        return store;
    }
}
