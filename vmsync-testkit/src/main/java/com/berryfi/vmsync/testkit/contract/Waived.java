package com.berryfi.vmsync.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a class that extends a contract: one of its tests is not asked of this adapter. It is reported as skipped, with the reason.
 * A subclass inherits it.
 *
 * <p>The class fails, before any of its tests, if the contract has no test of that name, if the reason is blank, if a test is waived
 * twice, or if it is one that an adapter {@link Tier#MUST} pass.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Waived.All.class)
public @interface Waived {

    /** {@return the name of the test's method} */
    String test();

    /** {@return why this adapter need not pass it; not blank} */
    String because();

    /** Several of them; written by the compiler. */
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {

        /** {@return each of them} */
        Waived[] value();
    }
}
