package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.SyncSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * The settings below {@code azure.status.sync.} as the modules read and check them: by their own names, however the host spells them, and
 * as text. Names that no module knows stay in, so that they are refused.
 */
final class TextSettings {

    private static final Bindable<Map<String, String>> TEXTS = Bindable.mapOf(String.class, String.class);

    private TextSettings() {}

    /**
     * Lets a module read its settings.
     *
     * @param keys those that the module knows
     * @param module reads them, and throws for a bad one
     * @throws BadSettingException if it throws
     */
    static <T> T read(Environment environment, Set<String> keys, Function<Map<String, String>, T> module) {
        return checked(environment, () -> module.apply(of(environment, keys)));
    }

    /** Something that may find a setting bad, as {@link BadSettingException}. */
    static <T> T checked(Environment environment, Supplier<T> what) {
        try {
            return what.get();
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(e, origin(environment, String.valueOf(e.getMessage())));
        }
    }

    /** All settings, those of these keys by these names. */
    static Map<String, String> of(Environment environment, Set<String> keys) {
        Binder binder = Binder.get(environment);
        Map<String, String> settings = new TreeMap<>();
        binder.bind(root(), TEXTS)
                .ifBound(found -> found.forEach((name, value) -> {
                    String key = SyncSettings.PREFIX + name;
                    if (keys.stream().noneMatch(known -> isSame(known, key))) {
                        settings.put(key, value);
                    }
                }));
        for (String key : keys) {
            binder.bind(key, String.class).ifBound(value -> settings.put(key, value));
        }
        return settings;
    }

    private static String root() {
        return SyncSettings.PREFIX.substring(0, SyncSettings.PREFIX.length() - 1);
    }

    /** An environment variable knows no dashes. */
    private static boolean isSame(String known, String key) {
        return ConfigurationPropertyName.of(known).equals(ConfigurationPropertyName.adapt(key, '.'));
    }

    /** Where the setting stands that a message begins with. */
    private static Optional<String> origin(Environment environment, String message) {
        int end = message.indexOf(':');
        if (end < 0 || !message.startsWith(SyncSettings.PREFIX)) {
            return Optional.empty();
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(message.substring(0, end), '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return Optional.ofNullable(property.getOrigin()).map(Object::toString);
            }
        }
        return Optional.empty();
    }
}
