/**
 * Binds the methods and accessors of an object to it. Applications, CallComposite among them, put the SDK's objects into proxies;
 * called on a proxy, a member that is not bound would look for its private fields there, and fail.
 */
export function bindMembers(object: object): void {
  let prototype: unknown = Object.getPrototypeOf(object);
  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    const members = Object.getOwnPropertyDescriptors(prototype);
    for (const [name, member] of Object.entries(members)) {
      // The nearest definition is the one that counts.
      if (name !== 'constructor' && !Object.hasOwn(object, name)) {
        Object.defineProperty(object, name, bound(member, object));
      }
    }
    prototype = Object.getPrototypeOf(prototype);
  }
}

function bound(member: PropertyDescriptor, object: object): PropertyDescriptor {
  const value: unknown = member.value;
  if (typeof value === 'function') {
    return { value: value.bind(object) as unknown, configurable: true, writable: true };
  }
  return {
    configurable: true,
    ...(member.get === undefined ? {} : { get: member.get.bind(object) }),
    ...(member.set === undefined ? {} : { set: member.set.bind(object) }),
  };
}
