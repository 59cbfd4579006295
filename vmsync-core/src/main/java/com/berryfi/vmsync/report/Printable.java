package com.berryfi.vmsync.report;

import java.util.Locale;

/**
 * Text as a reader can see it. Names come from the host's tables and from the cloud: a control character would steer a terminal, one that
 * turns the direction of writing would pass one name off as another. Such are written by their number.
 */
final class Printable {

    private Printable() {}

    /** The same on one line, with every character that cannot be seen written out. */
    static String of(String text) {
        return text.codePoints().allMatch(Printable::isPlain) ? text : spelled(text);
    }

    private static String spelled(String text) {
        StringBuilder spelled = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (isPlain(point)) {
                spelled.appendCodePoint(point);
            } else if (point == '\n' || point == '\r' || point == '\t') {
                spelled.append(' ');
            } else {
                spelled.append("\\u{")
                        .append(Integer.toHexString(point).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return spelled.toString();
    }

    private static boolean isPlain(int point) {
        if (point >= ' ' && point < 0x7F) {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
