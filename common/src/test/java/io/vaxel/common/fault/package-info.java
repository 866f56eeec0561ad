/** Deaths of whole processes, and what the next one finds. */
package io.vaxel.common.fault;
