package com.berryfi.vmsync.azure;

/** An answer, or where it leads, that is not to be followed; its message holds nothing of what the answer said. */
final class AnswerRefused extends RuntimeException {

    AnswerRefused(String why) {
        super(why);
    }

    AnswerRefused(String why, Throwable cause) {
        super(why, cause);
    }
}
