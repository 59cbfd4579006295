package com.berryfi.vmsync.port;

/** A secret on its way to the cloud's login. Prints as dots, compares by identity, is never serialized. */
public final class ClientSecret {

    private final String value;

    private ClientSecret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret.
     *
     * @param value as the cloud's login takes it
     * @return the secret, which prints as dots
     * @throws RejectedException if it is blank
     */
    public static ClientSecret of(String value) {
        if (value.isBlank()) {
            throw new RejectedException("a client secret must not be blank");
        }
        return new ClientSecret(value);
    }

    /** {@return the secret itself, for the one call that needs it} */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "•••";
    }
}
