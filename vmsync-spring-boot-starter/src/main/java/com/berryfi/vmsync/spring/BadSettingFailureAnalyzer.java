package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.SyncSettings;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a setting that is unknown, missing or bad. */
final class BadSettingFailureAnalyzer extends AbstractFailureAnalyzer<BadSettingException> {

    private static final String ZONE = SyncSettings.PREFIX + "jdbc.zone";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BadSettingException cause) {
        String description = cause.getMessage()
                + cause.origin().map(where -> "\n\n    Origin: " + where).orElse("");
        return new FailureAnalysis(description, action(String.valueOf(cause.getMessage())), cause);
    }

    private static String action(String message) {
        if (message.startsWith(ZONE + ": ")) {
            return "Set " + ZONE
                    + " to the zone in which the application writes its LocalDateTime columns, such as UTC or"
                    + " Asia/Kolkata: the JVM's default zone, if it writes LocalDateTime.now().";
        }
        if (!message.startsWith(SyncSettings.PREFIX)) {
            return "Correct what is named above, where the application puts vmsync together.";
        }
        if (message.contains(": unknown setting")) {
            return "Correct the name, or remove the setting. All settings are in docs/settings.md of vmsync, each with its unit and default.";
        }
        return "Correct the value. All settings are in docs/settings.md of vmsync, each with its unit and default.";
    }
}
