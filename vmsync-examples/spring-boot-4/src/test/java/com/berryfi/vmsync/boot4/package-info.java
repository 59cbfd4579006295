/** The starter in an application of Spring Boot 4. */
@NullMarked
package com.berryfi.vmsync.boot4;

import org.jspecify.annotations.NullMarked;
