package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpResponse;

/** A login answered, but neither with a token nor with a refusal. Says what the login library would lose or retry. */
final class BusyLogin extends RuntimeException {

    private final transient HttpResponse answer;

    BusyLogin(HttpResponse answer) {
        super("the login answered with HTTP " + answer.getStatusCode());
        this.answer = answer;
    }

    HttpResponse answer() {
        return answer;
    }

    static boolean isBusy(int status) {
        return status == 408 || status == 429 || status >= 500;
    }
}
