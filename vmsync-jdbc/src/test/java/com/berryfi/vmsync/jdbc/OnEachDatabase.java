package com.berryfi.vmsync.jdbc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests of a class run once on each kind of database, and once by each driver of MariaDB; its constructor is told which. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@EnumSource(
        value = Connecting.class,
        names = {"H2", "MARIADB", "MYSQL", "POSTGRESQL"})
@interface OnEachDatabase {}
