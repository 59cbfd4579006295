package com.berryfi.vmsync.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a test of a contract: what an adapter that passes it is known to do. {@code docs/contracts.md} lists them all. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Proves {

    /** {@return one sentence: what an adapter that passes the test does} */
    String value();

    /** {@return how much rests on it} */
    Tier tier() default Tier.MUST;
}
