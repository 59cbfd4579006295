/**
 * A simulator of Azure Resource Manager that speaks its wire protocol over TLS, with a fleet whose machines start, stop and
 * vanish, and with every fault the real one shows. For tests and benchmarks; holds no Azure SDK.
 */
@NullMarked
package com.berryfi.vmsync.testkit.arm;

import org.jspecify.annotations.NullMarked;
