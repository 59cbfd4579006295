package com.berryfi.vmsync.azure;

import com.azure.core.credential.TokenCredential;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.Function;

/** Credentials with their tokens, while they are in use: a rotated secret must not stay in memory. Thread-safe. */
final class CredentialCache<K> {

    static final Duration UNUSED_AT_MOST = Duration.ofHours(1);

    private static final int MOST_CREDENTIALS = 1_000;

    private final Cache<K, TokenCredential> credentials;

    CredentialCache() {
        this(Ticker.systemTicker());
    }

    CredentialCache(Ticker ticker) {
        this.credentials = Caffeine.newBuilder()
                .maximumSize(MOST_CREDENTIALS)
                .expireAfterAccess(UNUSED_AT_MOST)
                .ticker(ticker)
                .build();
    }

    TokenCredential get(K key, Function<K, TokenCredential> ifAbsent) {
        return credentials.get(key, ifAbsent);
    }

    void forget(TokenCredential credential) {
        credentials.asMap().values().removeIf(known -> known == credential);
    }
}
