"""Makes the fixtures beside this folder from one small table, by several writers: python3 test/rosters/make/writers.py
Needs openpyxl, XlsxWriter and, for .xls and the LibreOffice file, soffice. Data are synthetic (region 999999)."""
import csv, datetime, io, os, subprocess, tempfile, zipfile
import openpyxl, xlsxwriter
from openpyxl.utils import get_column_letter

OUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
def number(birth, seq):
    body = '999999' + birth + '%03d' % seq
    return body + '10X98765432'[sum(w * int(c) for w, c in zip(WEIGHTS, body)) % 11]

HEADINGS = ['序号', '姓名', '身份证号', '与户主关系', '户主姓名', '所属镇', '所属村', '组', '承包地块编码', '面积(亩)', '作物', '入社日期', '出资额(元)', '联系电话', '绑定方式', '备注']
def row(no, name, birth, seq, relation, head, area, joined=datetime.date(2022, 3, 1)):
    return [no, name, number(birth, seq), relation, head, '送庄镇', '白鹿村', '1组', '4103081032100100%03d' % no if area else '', area or '', '桃', joined, 1000, '13800000000', '成员', '']
ROWS = [
    row(1, '王一甲', '19600101', 1, '户主', '王一甲', 3.25),
    row(2, '李二乙', '19710202', 2, '配偶', '王一甲', None),
    row(3, '阿卜杜·热合曼', '19820303', 3, '户主', '阿卜杜·热合曼', 12.5),
    row(4, '李𬭼', '19930404', 4, '户主', '', 0.3),
    row(5, '赵五"戊"', '19850505', 5, '户主', '', 4, datetime.date(2020, 2, 29)),
]
TITLE = '某合作社(测试)成员名册'

def by_openpyxl():
    book = openpyxl.Workbook(); sheet = book.active; sheet.title = '名册'
    sheet.append([TITLE]); sheet.append(HEADINGS)
    for one in ROWS: sheet.append(one)
    for r in range(3, 3 + len(ROWS)): sheet.cell(r, 12).number_format = 'yyyy"年"m"月"d"日"'
    book.create_sheet('说明').append(['填表说明'])
    book.save(os.path.join(OUT, 'openpyxl.xlsx'))

def by_xlsxwriter(name, **options):
    book = xlsxwriter.Workbook(os.path.join(OUT, name), options); sheet = book.add_worksheet('名册')
    date = book.add_format({'num_format': 'yyyy-mm-dd'})
    sheet.write(0, 0, TITLE); sheet.write_row(1, 0, HEADINGS)
    for r, one in enumerate(ROWS):
        for c, value in enumerate(one):
            if isinstance(value, datetime.date): sheet.write_datetime(r + 2, c, datetime.datetime(value.year, value.month, value.day), date)
            elif value != '': sheet.write(r + 2, c, value)
    book.close()

def texts():
    lines = [[TITLE], HEADINGS] + [[value.isoformat() if isinstance(value, datetime.date) else value for value in one] for one in ROWS]
    def text(delimiter):
        out = io.StringIO(); csv.writer(out, delimiter=delimiter, lineterminator='\r\n').writerows(lines); return out.getvalue()
    for name, delimiter, encoding in [('utf8.csv', ',', 'utf-8'), ('utf8-bom.csv', ',', 'utf-8-sig'), ('gb18030.csv', ',', 'gb18030'), ('semicolon.csv', ';', 'gb18030'), ('unicode-text.txt', '\t', 'utf-16')]:
        with open(os.path.join(OUT, name), 'wb') as file: file.write(text(delimiter).encode(encoding))

def html_named_xls():
    cells = lambda tag, values: ''.join('<%s style="mso-number-format:\'\\@\'">%s</%s>' % (tag, str(value).replace('&', '&amp;').replace('"', '&quot;'), tag) for value in values)
    body = '<tr><td colspan="16">%s</td></tr><tr>%s</tr>' % (TITLE, cells('th', HEADINGS)) + ''.join('<tr>%s</tr>' % cells('td', one) for one in ROWS)
    page = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td{color:red}</style></head><body><table border="1">%s</table></body></html>' % body
    with open(os.path.join(OUT, 'system-export.xls'), 'wb') as file: file.write(page.encode('gb18030'))

def by_libreoffice():
    with tempfile.TemporaryDirectory() as folder:
        for target, name in [('xlsx:Calc MS Excel 2007 XML', 'xlsx'), ('xls:MS Excel 97', 'xls')]:
            subprocess.run(['soffice', '--headless', '-env:UserInstallation=file://%s/profile' % folder, '--convert-to', target, '--outdir', folder, os.path.join(OUT, 'xlsxwriter.xlsx')], check=True, capture_output=True)
            os.replace(os.path.join(folder, 'xlsxwriter.' + name), os.path.join(OUT, 'libreoffice.' + name))

if __name__ == '__main__':
    by_openpyxl()
    by_xlsxwriter('xlsxwriter.xlsx', date_1904=False)
    by_xlsxwriter('xlsxwriter-1904-inline.xlsx', date_1904=True, constant_memory=True)
    texts(); html_named_xls(); by_libreoffice()
