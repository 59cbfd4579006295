package com.berryfi.vmsync.spring;

import java.util.Locale;

/** How a constant is written in tags and details: in lower case, its words parted by dashes. */
final class EnumTag {

    private EnumTag() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
