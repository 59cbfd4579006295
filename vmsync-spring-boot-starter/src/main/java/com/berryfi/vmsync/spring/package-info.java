/**
 * vmsync in a Spring Boot application. The host gives a {@code BillingPort} bean and a few {@code azure.status.sync.*} properties; its
 * {@code DataSource} and its transactions are picked up, and each bean of this package steps back where the host has its own.
 */
@NullMarked
package com.berryfi.vmsync.spring;

import org.jspecify.annotations.NullMarked;
