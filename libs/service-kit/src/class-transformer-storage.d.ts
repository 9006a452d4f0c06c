/** The package ships no types for its own storage; the documentation needs it to describe nested inputs. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: {
    /** What `@Type(() => …)` said of the property. */
    findTypeMetadata(target: object, property: string): { typeFunction(): unknown };
  };
}
