/**
 * Calls through a whole server, over real sockets: every test starts a server of its own and talks
 * to it by the protocol only. Lives here: what no single module can prove. Does not: browsers.
 */
package io.vaxel.server.call;
