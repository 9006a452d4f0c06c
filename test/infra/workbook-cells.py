"""Prints what openpyxl reads of workbooks as a JSON list: python3 workbook-cells.py FILE..."""
import json
import sys
import warnings

import openpyxl

warnings.simplefilter('ignore')


def style(cell):
    alignment, fill = cell.alignment, cell.fill
    edges = {side: [getattr(cell.border, side).style, repr(getattr(cell.border, side).color and getattr(cell.border, side).color.rgb)] for side in ('left', 'right', 'top', 'bottom')}
    font = cell.font
    return {
        'font': [font.name, font.sz, font.b, font.i, font.u, repr(font.color and (font.color.rgb if font.color.type == 'rgb' else font.color.theme))],
        'fill': [fill.fill_type, repr(fill.fgColor.rgb) if fill.fill_type else None],
        'border': edges,
        'alignment': [alignment.horizontal, alignment.vertical, alignment.wrap_text, alignment.indent, alignment.textRotation],
        'format': cell.number_format,
        'protection': [cell.protection.locked, cell.protection.hidden],
    }


def cells(sheet):
    return {cell.coordinate: {'value': str(cell.value), 'type': cell.data_type, 'style': style(cell), 'link': cell.hyperlink and cell.hyperlink.target} for row in sheet.iter_rows() for cell in row if cell.value is not None or cell.has_style}


def sheet_of(sheet):
    return {
        'state': sheet.sheet_state,
        'cells': cells(sheet),
        'comments': {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment},
        'merged': sorted(str(area) for area in sheet.merged_cells.ranges),
        'widths': {key: [dim.min, dim.max, dim.width, dim.hidden] for key, dim in sheet.column_dimensions.items()},
        'columnFormats': {key: dim.number_format for key, dim in sheet.column_dimensions.items()},
        'heights': {str(key): [dim.height, dim.hidden] for key, dim in sheet.row_dimensions.items() if dim.height or dim.hidden},
        'frozen': sheet.freeze_panes,
        'print': [sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation, sheet.oddHeader.center.text, sheet.oddFooter.left.text, sheet.oddFooter.center.text, [brk.id for brk in sheet.row_breaks.brk]],
        'protection': {key: str(value) for key, value in vars(sheet.protection).items()},
        'validations': sorted([str(one.sqref), one.type, str(one.formula1)] for one in sheet.data_validations.dataValidation),
        'conditions': sorted([str(area.sqref), [rule.type for rule in area.rules]] for area in sheet.conditional_formatting),
        'filter': [sheet.auto_filter.ref, [column.colId for column in sheet.auto_filter.filterColumn]],
        'tables': {table.name: [table.ref, table.autoFilter and table.autoFilter.ref, [column.name for column in table.tableColumns], table.totalsRowCount] for table in sheet.tables.values()},
        'images': len(sheet._images),
        'charts': len(sheet._charts),
    }


def names_of(book):
    """By `sheet!name` where they belong to a sheet; openpyxl keeps them otherwise before 3.1 and since."""
    if hasattr(book.defined_names, 'definedName'):
        return {(f'{book.sheetnames[int(one.localSheetId)]}!' if one.localSheetId is not None else '') + one.name: one.attr_text for one in book.defined_names.definedName}
    names = {name: value.attr_text for name, value in book.defined_names.items()}
    for sheet in book.worksheets:
        names.update({f'{sheet.title}!{name}': value.attr_text for name, value in sheet.defined_names.items()})
    return names


def book_of(file):
    book = openpyxl.load_workbook(file)
    return {'sheets': {sheet.title: sheet_of(sheet) for sheet in book.worksheets}, 'names': names_of(book), 'locked': bool(book.security and book.security.lockStructure)}


json.dump([book_of(file) for file in sys.argv[1:]], sys.stdout, ensure_ascii=False)
