package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.SettingMap;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where alerts are sent. Its text shows no URL, for that may hold a token.
 *
 * @param webhook where to; empty: nowhere but to the log and the host's own {@code AlertPort} beans
 */
record AlertSettings(Optional<URI> webhook) {

    private static final String PREFIX = SyncSettings.PREFIX + "alerts.";
    private static final String WEBHOOK_URL = "webhook.url";
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    static Set<String> keys() {
        return Set.of(WEBHOOK_URL).stream().map(PREFIX::concat).collect(Collectors.toUnmodifiableSet());
    }

    /** @throws IllegalArgumentException if a key is unknown or a value is bad; the message names the key, and no URL */
    static AlertSettings from(Map<String, String> properties) {
        SettingMap map = SettingMap.of(PREFIX, properties, Set.of(WEBHOOK_URL), Set.of());
        return new AlertSettings(map.text(WEBHOOK_URL).map(AlertSettings::url));
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            // What it complains of holds the URL.
            throw refused("is not a URL");
        }
        String scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw refused("must name a host, without user and fragment");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && LOCAL.contains(url.getHost()))) {
            throw refused("must begin with https:// (http:// of this machine alone)");
        }
        return url;
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(
                PREFIX + WEBHOOK_URL + ": " + why + "; its value is not shown, for it may hold a token");
    }

    @Override
    public String toString() {
        return "AlertSettings[webhook=" + webhook.map(url -> "set").orElse("none") + "]";
    }
}
