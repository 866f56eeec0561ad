/**
 * Long-running operations: started in the transaction of a request, done in the background by the
 * handler of their kind, polled by the caller. Does not live here: any kind, or the REST side.
 */
package io.vaxel.common.operation;
